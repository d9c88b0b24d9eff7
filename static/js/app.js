// What every page of the product shares. Pages bring their own module beside it.
import "./activities.js";
import "./attachments.js";
import "./dialogs.js";
import "./discarding.js";
import "./drafts.js";
import "./forms.js";
import "./fragments.js";
import "./keyboard.js";
import "./mentions.js";
import "./menus.js";
import "./reminders.js";
import "./search.js";
import "./theme.js";
import "./toasts.js";
