// The Trichterrechner: a slider beside each lever; letting go of it reckons anew.
for (const form of document.querySelectorAll("form[data-calculator]")) {
  for (const slider of form.querySelectorAll("input[data-turns]")) {
    const field = document.getElementById(slider.dataset.turns);
    slider.hidden = false;
    slider.addEventListener("input", () => {
      field.value = slider.value;
    });
    slider.addEventListener("change", () => form.requestSubmit());
    field.addEventListener("input", () => {
      slider.value = field.value || 0;
    });
  }
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", () => {
      // Another goal, or somebody else, has another usual amount; a scenario keeps its own.
      if (select.name !== "period" && !form.elements.version) form.elements.amount.disabled = true;
      form.requestSubmit();
    });
  }
}
