// What every page of the product shares. Pages bring their own module beside it.
import "./activities.js";
import "./attachments.js";
import "./dialogs.js";
import "./discarding.js";
import "./forms.js";
import "./fragments.js";
import "./keyboard.js";
import "./menus.js";
import "./search.js";
import "./theme.js";
import "./toasts.js";
