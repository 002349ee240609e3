const HTML_ENTITIES = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML, whatever stands in it. */
export const escapeHtml = text =>
  String(text).replace(/[&<>"']/g, character => HTML_ENTITIES[character]);

/** A link that leads to a page and nowhere else; else its words alone. */
export function link(href, html, className = '') {
  return /^https?:\/\//i.test(href) && URL.canParse(href)
    ? `<a class="${className}" href="${escapeHtml(
        href,
      )}" target="_blank" rel="noreferrer noopener">${html}</a>`
    : html;
}
