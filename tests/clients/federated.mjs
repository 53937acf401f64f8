// Asks a query of several sources at once: node federated.mjs QUERY SOURCE…; prints each solution as a line of JSON.
// Nothing but the address of a source is told: what it is, Comunica finds out from what it says of itself.
import { QueryEngine } from "@comunica/query-sparql";

const [query, ...sources] = process.argv.slice(2);
const found = await new QueryEngine().queryBindings(query, { sources });
for (const solution of await found.toArray()) {
  const row = [...solution].map(([variable, term]) => [variable.value, term.value]);
  console.log(JSON.stringify(Object.fromEntries(row)));
}
