// The widget: what anywidget loads.
import {render} from "./app.js";
import {mountStandalone} from "./standalone.js";

export default { render, mountStandalone };
