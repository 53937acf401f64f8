// Makes the query form's text area a SPARQL editor that knows this data set: its prefixes, classes, properties and things.
import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";

const area = document.querySelector("textarea#query");
const known = JSON.parse(document.getElementById("known").textContent);

/** A completer that is there already, with what it offers taken from here: nobody else is asked. */
function own(from, name, offer, bulk = true) {
  Yasqe.forkAutocompleter(from, { name, bulk, persistenceId: null, autoShow: bulk, get: offer }, false);
  return name;
}

/** Things of this data set whose names are like what is typed: `<jap`, then Ctrl and space. */
async function things(yasqe, token) {
  const typed = (token?.autocompletionString ?? token?.string ?? "").replace(/^.*[/#<]/, "");
  if (typed.length < 2) return [];
  const answer = await fetch(`${area.dataset.search}?limit=20&q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).hits.map((hit) => hit.iri) : [];
}

const prefixes = Object.entries(known.prefixes).map(([name, iri]) => `${name}: <${iri}>`);
const completers = [
  "variables",
  own("prefixes", "our-prefixes", () => prefixes),
  own("class", "our-classes", () => known.classes),
  own("property", "our-properties", () => known.properties),
];
Yasqe.registerAutocompleter(
  {
    name: "our-things",
    bulk: false,
    autoShow: false,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => yasqe.getCompleteToken().string.startsWith("<"),
    get: things,
    postProcessSuggestion: (_yasqe, _token, iri) => `<${iri}>`,
  },
  false,
);

const place = document.createElement("div");
place.className = "editor";
const typing = document.activeElement === area;
area.before(place);
area.hidden = true;
area.required = false; // a control that cannot be seen cannot say what it misses
const editor = new Yasqe(place, {
  value: area.value,
  autocompleters: [...completers, "our-things"],
  showQueryButton: false,
  resizeable: false,
  persistenceId: null,
  consumeShareLink: null,
  createShareableLink: null,
  prefixCcApi: null,
  editorHeight: "22rem",
  lineWrapping: true,
  extraKeys: {
    Tab: false, // leads on to the next control, as everywhere
    "Shift-Tab": false,
    "Ctrl-Enter": () => area.form.requestSubmit(),
    "Cmd-Enter": () => area.form.requestSubmit(),
    "Ctrl-Space": (yasqe) => yasqe.autocomplete(),
  },
});
editor.getInputField().setAttribute("aria-label", "SPARQL query");
const scroller = editor.getScrollerElement(); // can be scrolled by keys, too
scroller.tabIndex = 0;
scroller.setAttribute("role", "group");
scroller.setAttribute("aria-label", "Text of the query");
area.form.addEventListener("submit", () => {
  area.value = editor.getValue();
});

if (typing) editor.focus();

const fault = document.querySelector("[data-line]");
if (fault) {
  const line = Number(fault.dataset.line) - 1;
  editor.addLineClass(line, "background", "fault");
  editor.setCursor(line, Number(fault.dataset.column) - 1);
  editor.closeHint(); // which moving there opens: nobody asked for it
}
