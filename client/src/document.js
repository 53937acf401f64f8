// Shows what a marked stretch of a document says in a card beside it; without this, a click leads to the list of claims.
const card = document.createElement("div");
card.className = "card";
card.id = "card";
card.setAttribute("role", "status");
card.hidden = true;
document.body.append(card);

const pieces = [...document.querySelectorAll("article a[data-claims]")];
const claims = (piece) => piece.dataset.claims.split(" ");

/** Light up all of a claim's stretch, however many pieces it is in. */
function light(numbers) {
  for (const piece of pieces) piece.classList.toggle("lit", claims(piece).some((n) => numbers.includes(n)));
}

function show(piece) {
  const told = claims(piece).map((number) => document.getElementById(`claim-${number}`));
  card.replaceChildren(
    ...told.map((one) => {
      const copy = document.createElement("div");
      copy.append(...one.cloneNode(true).childNodes);
      return copy;
    }),
  );
  card.hidden = false;
  light(claims(piece).slice(0, 1));
  const at = piece.getClientRects()[0];
  const left = Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 8);
  const below = at.bottom + 6 + card.offsetHeight < window.innerHeight || at.top < card.offsetHeight + 6;
  card.style.left = `${Math.max(8, left) + window.scrollX}px`;
  card.style.top = `${(below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + window.scrollY}px`;
}

function hide() {
  card.hidden = true;
  light([]);
}

for (const piece of pieces) {
  piece.addEventListener("click", (event) => {
    event.preventDefault();
    show(piece);
  });
  piece.addEventListener("focus", () => piece.matches(":focus-visible") && show(piece));
}
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
document.addEventListener("click", (event) => {
  if (!event.target.closest("article a[data-claims], .card")) hide();
});

/** Who comes from a quote sees all of it. */
function arrived() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place?.dataset.of) light(place.dataset.of.split(" "));
}
window.addEventListener("hashchange", arrived);
arrived();
