// A page without a kernel: reads the traits that the page carries and draws into its host.
import {pageModel} from "./model.js";
import {render} from "./app.js";

export function mountStandalone(page = document) {
  const traits = JSON.parse(page.getElementById("analogies-timeline-traits").textContent), host = page.querySelector(".analogies-timeline-host");
  host.replaceChildren();
  return render({ model: pageModel(traits), el: host });
}
