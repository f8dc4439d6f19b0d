/** What proves that a request comes from this page. */
export function formToken() {
  const form = /** @type {HTMLTemplateElement | null} */ (document.getElementById("sign-out"));
  const input = /** @type {HTMLInputElement | null | undefined} */ (form?.content.querySelector("[name=csrfmiddlewaretoken]"));
  return input?.value ?? "";
}
