// Add a copy button to each block of code. For a console it copies only the commands, without `$ ` and outputs.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const block of document.querySelectorAll("div.highlight")) {
    const code = block.querySelector("pre");
    if (!code || !navigator.clipboard) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const isConsole = block.closest(".highlight-console") !== null;
      await navigator.clipboard.writeText(isConsole ? commands(code.textContent) : code.textContent.trimEnd());
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    block.append(button);
  }
});

/** @param {string} text the lines of a console  @returns {string} the commands in it, each with the lines that go on with it */
function commands(text) {
  const kept = [];
  let goesOn = false;
  for (const line of text.split("\n")) {
    if (line.startsWith("$ ") || goesOn) {
      kept.push(goesOn ? line : line.slice(2));
      goesOn = line.endsWith("\\");
    }
  }
  return kept.join("\n");
}
