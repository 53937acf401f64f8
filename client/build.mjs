// Bundles what the pages run in a browser, and writes the shapes of countries for the server's maps.
// Run when the project is set up; nothing that it writes belongs into the repository.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { build } from "esbuild";
import countryCodes from "i18n-iso-countries";
import { feature } from "topojson-client";

const out = new URL("../kg/web/static/bundle/", import.meta.url);
const [width, height] = [960, 470];

/** Each country by its ISO 3166-1 letters: its path on the map, and a place within it. */
function shapes(topology) {
  const countries = feature(topology, topology.objects.countries).features.filter((c) => c.id !== "010");
  const projection = geoNaturalEarth1().fitSize([width, height], { type: "FeatureCollection", features: countries });
  const path = geoPath(projection).digits(1);
  const found = countries.map((country) => ({
    code: countryCodes.numericToAlpha2(country.id) ?? "",
    path: path(country),
    middle: largest(country).map((n) => Math.round(n * 10) / 10),
  }));
  return { width, height, scale: projection.scale(), translate: projection.translate(), countries: found };

  function largest({ geometry }) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const areas = parts.map((coordinates) => ({ type: "Polygon", coordinates }));
    return path.centroid(areas.reduce((a, b) => (path.area(a) >= path.area(b) ? a : b)));
  }
}

/** The land without anything on it, as a picture that suits light and dark. */
function land(world) {
  const paths = world.countries.map((country) => `<path d="${country.path}"/>`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><g fill="#8a8f98" fill-opacity=".28" stroke="#8a8f98" stroke-opacity=".45" stroke-width=".5">${paths}</g></svg>`;
}

await mkdir(out, { recursive: true });
const topology = await readFile(new URL("node_modules/world-atlas/countries-110m.json", import.meta.url), "utf8");
const world = shapes(JSON.parse(topology));
await writeFile(new URL("world.json", out), JSON.stringify(world));
await writeFile(new URL("world.svg", out), land(world));
await build({
  entryPoints: ["search", "document", "query", "editor"].map((name) => new URL(`src/${name}.js`, import.meta.url).pathname),
  outdir: out.pathname,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
});
