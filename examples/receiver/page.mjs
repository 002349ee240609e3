import { escapeHtml } from './html.mjs';
import { slackMessageHtml } from './slackHtml.mjs';

/** Most of a body that the page shows. */
const MAX_SHOWN = 20_000;

const clock = time =>
  new Intl.DateTimeFormat('en', { timeStyle: 'medium' }).format(new Date(time));

function outcomeText({ accepted, fault, problem, status }) {
  if (fault) {
    return `${accepted ? 'taken, then' : 'not taken:'} ${
      fault === 'status' ? `answered ${status}` : fault
    }`;
  }
  return problem
    ? `refused with ${status}: ${problem}`
    : `${accepted ? 'taken' : 'not taken'}, answered ${status}`;
}

function bodyText({ body, message }) {
  const text =
    message === undefined ? body : JSON.stringify(message, undefined, 2);
  return text.length > MAX_SHOWN
    ? `${text.slice(0, MAX_SHOWN)}\n… ${
        text.length - MAX_SHOWN
      } more characters`
    : text;
}

function headersText(headers) {
  return Object.entries(headers)
    .map(([name, value]) =>
      // Whoever looks over a shoulder at a demo need not read it.
      name === 'authorization' ? `${name}: …` : `${name}: ${value}`,
    )
    .join('\n');
}

const folded = (summary, html) =>
  `<details><summary>${summary}</summary>${html}</details>`;

function article(entry) {
  const { id, at, kind, method, path, accepted } = entry;
  const headers = `<pre>${escapeHtml(headersText(entry.headers))}</pre>`;
  const body = `<pre>${escapeHtml(bodyText(entry))}</pre>`;
  const content =
    kind === 'slack' && accepted
      ? `<div class="message">${slackMessageHtml(entry.message)}</div>
${folded('What was sent', headers + body)}`
      : `${body}\n${folded('Headers', headers)}`;
  return `<article id="r${id}"${accepted ? '' : ' class="refused"'}>
<header><b>${
    kind === 'slack' ? 'Slack' : 'Webhook'
  }</b> <time datetime="${at}">${clock(at)}</time> <code>${escapeHtml(
    `${method} ${path}`,
  )}</code> <span class="outcome">${escapeHtml(
    outcomeText(entry),
  )}</span></header>
${content}
</article>`;
}

/** Received requests as HTML, newest first. */
export const articles = received => received.map(article).reverse().join('\n');

/** The page that shows what arrived. */
export function page(received, count) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Received</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<header>
<h1>Received <span id="count">${count}</span></h1>
<p>What the Audit Trail sent here, newest first. This page keeps itself up to date.</p>
</header>
<main id="received" aria-live="polite" data-last="${count}">
${articles(received)}
</main>
<p id="nothing">Nothing yet. Point a destination of the Audit Trail at <code>/slack/…</code> or <code>/webhook/…</code> of this address.</p>
</body>
</html>
`;
}
