import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { auditEvent } from './fixtures';

/* eslint-disable no-script-url -- they are what must not become one */
/** Texts that somebody may give a thing for a name, to do harm with. */
export const HOSTILE_TEXTS: [what: string, text: string][] = [
  ['a script', '<script>window.harmed = true</script>'],
  ['an image', '"><img src=x onerror="window.harmed = true">'],
  ['a frame', '<iframe src="javascript:window.harmed = true"></iframe>'],
  ['a drawing', '<svg onload="window.harmed = true"><a href="#">x</a></svg>'],
  ['a link', '<a href="javascript:window.harmed = true">open</a>'],
  ['an address', 'javascript:window.harmed=true//'],
  [
    'Markdown',
    '[open](javascript:window.harmed=true) ![x](https://evil.example)',
  ],
  ['entities', '&lt;script&gt; &#60;img&#62; &quot;'],
  ['a template', '{{constructor.constructor("window.harmed = true")()}} ${1}'],
  ['turned text', 'invoice\u202egpj.exe'],
  ['isolates', '\u2067right\u2066left\u2069 \u200f\u061c'],
  [
    'a terminal’s commands',
    '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007',
  ],
  ['separators', 'one\u2028two\u2029three'],
  ['a very long word', 'w'.repeat(2_000)],
];

/** An event that has a text wherever it can have one. */
export function hostileEvent(
  text: string,
  overrides: Partial<AuditEvent> = {},
): AuditEvent {
  return auditEvent({
    type: text,
    originalType: `${text}!`,
    label: text,
    category: text,
    verb: text,
    workspace: text,
    source: text,
    intakes: [text],
    actor: { type: 'user', id: text, name: text, email: `${text}@` },
    resource: { key: text, type: text, id: text, name: text },
    resources: [text, `segment:source:${text}`],
    changes: [{ path: text, before: text, after: { [text]: text } }],
    severity: text as AuditEvent['severity'],
    correlationId: text,
    details: { [text]: [text], url: text, resource_id: text },
    ...overrides,
  });
}

/** What stands in the document that acts, or could be made to. */
export function harm(): string[] {
  const found: string[] = [];
  for (const element of document.body.querySelectorAll('*')) {
    const name = element.tagName.toLowerCase();
    if (/^(script|img|iframe|frame|object|embed|base|form|meta)$/.test(name)) {
      found.push(element.outerHTML);
    }
    for (const { name: attribute, value } of element.attributes) {
      const isAddress = /^(href|src|action|formaction|xlink:href)$/.test(
        attribute,
      );
      const address = isAddress && new URL(value, 'http://localhost');
      if (
        attribute.startsWith('on') ||
        (address && !/^https?:$/.test(address.protocol))
      ) {
        found.push(`${name} ${attribute}="${value}"`);
      }
    }
  }
  if ('harmed' in window) {
    found.push('A script has run');
  }
  return found;
}

/**
 * Whether a text stands in a box of its own, whose direction and characters
 * that turn it end with it.
 */
export function isApart(element: Element): boolean {
  const display = (of: Element) => window.getComputedStyle(of).display;
  return (
    /^(block|flex|table-cell|list-item|inline-block|inline-flex)$/.test(
      display(element),
    ) || /flex|grid/.test(display(element.parentElement!))
  );
}

/** The elements that show a text, alone and as it is. */
export function showing(text: string, within: Element): Element[] {
  return [...within.querySelectorAll('*')].filter(
    element => element.children.length === 0 && element.textContent === text,
  );
}
