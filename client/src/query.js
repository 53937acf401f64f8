// Puts the editor in the place of the query form's text area once somebody is there to use it: it is the one large script.
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin"];

async function begin() {
  for (const sign of SIGNS) removeEventListener(sign, begin);
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("editor.css", import.meta.url).href;
  const dressed = new Promise((done) => sheet.addEventListener("load", done));
  document.head.append(sheet);
  await dressed;
  await import(new URL("editor.js", import.meta.url).href);
}

if (document.querySelector("[data-line]")) begin(); // an error is shown at its place
else for (const sign of SIGNS) addEventListener(sign, begin, { passive: true });
