// Completes what is typed into a search box: a combobox with a list below it (WAI-ARIA 1.2, editable combobox).
const box = document.querySelector("input[data-suggest]");

if (box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  box.after(list);
  const set = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(set)) box.setAttribute(name, value);

  let chosen = -1;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    const options = [...list.children];
    chosen = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    box.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };

  const show = ([, labels, notes, addresses]) => {
    list.replaceChildren(
      ...labels.map((label, i) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.address = addresses[i] ?? "";
        const note = document.createElement("span");
        note.className = "soft";
        note.textContent = notes[i];
        option.append(label, " ", note);
        return option;
      }),
    );
    chosen = -1;
    list.hidden = labels.length === 0;
    box.setAttribute("aria-expanded", String(labels.length > 0));
  };

  box.addEventListener("input", async () => {
    const mine = ++asked;
    const typed = box.value.trim();
    if (!typed) return close();
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`);
    if (answer.ok && mine === asked) show(await answer.json());
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) go(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  const go = (option) => {
    if (option?.dataset.address) window.location.assign(option.dataset.address);
  };
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
  box.addEventListener("blur", close);
}
