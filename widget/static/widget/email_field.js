import { html, useId } from "../support_chat/vendor/preact.js";
import { hint } from "./strings_email.js";

/**
 * An address to answer to, as strict as the server. What is typed stays in `email`, wherever it is asked for next.
 * @param {{email: import("../support_chat/vendor/preact.js").Signal<string>, field: {current: HTMLInputElement | null}, required: boolean, label: string}} props
 */
export function EmailField({ email, field, required, label }) {
  const id = useId();
  return html`<label class="email-label" for=${id}>${label}</label>
    <input id=${id} class="email-field" ref=${field} type="email" autocomplete="email" maxlength="254" dir="ltr" required=${required}
      pattern=".+@.+\\.[^.]+" title=${hint}
      value=${email.value} onInput=${() => (email.value = field.current?.value ?? "")} />`;
}
