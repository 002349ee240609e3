import { escapeHtml, link } from './html.mjs';

const decode = text =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const shown = text => escapeHtml(decode(text));

const DATE_TOKENS = {
  date_short_pretty: { dateStyle: 'medium' },
  date_long: { dateStyle: 'full' },
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
  time_secs: { timeStyle: 'medium' },
};

/** `<!date^1763816591^{date} {time}|fallback>`, in this machine's time zone. */
function dateHtml(inner) {
  const [, seconds, format] = inner.split('|')[0].split('^');
  const time = new Date(Number(seconds) * 1000);
  if (Number.isNaN(time.getTime())) {
    return shown(inner);
  }
  const text = (format ?? '').replace(/\{(\w+)\}/g, (whole, token) =>
    DATE_TOKENS[token]
      ? new Intl.DateTimeFormat('en', DATE_TOKENS[token]).format(time)
      : whole,
  );
  const fallback = inner.slice(inner.indexOf('|') + 1);
  return `<time datetime="${time.toISOString()}" title="${shown(
    fallback,
  )}">${shown(text)}</time>`;
}

function markHtml(inner) {
  if (inner.startsWith('!date^')) {
    return dateHtml(inner);
  }
  if (/^[!@#]/.test(inner)) {
    return `<mark>${shown(inner)}</mark>`;
  }
  const [address, ...label] = inner.split('|');
  return link(decode(address), shown(label.join('|') || address));
}

/** Words with Slack's marks for bold, italic, struck and code. */
const wordsHtml = text =>
  shown(text)
    .replace(/`([^`\n]+)`/g, '<code>$1</code>')
    .replace(/(^|[\s(])\*([^*\n]+)\*(?=$|[\s).,:])/g, '$1<b>$2</b>')
    .replace(/(^|[\s(])_([^_\n]+)_(?=$|[\s).,:])/g, '$1<i>$2</i>')
    .replace(/(^|[\s(])~([^~\n]+)~(?=$|[\s).,:])/g, '$1<s>$2</s>');

export function mrkdwnHtml(text) {
  return text
    .split(/(<[^<>]*>)/)
    .map(part =>
      /^<.*>$/s.test(part) ? markHtml(part.slice(1, -1)) : wordsHtml(part),
    )
    .join('');
}

const textHtml = object =>
  object?.type === 'mrkdwn'
    ? mrkdwnHtml(object.text)
    : shown(object?.text ?? '');

const buttonHtml = button =>
  link(button.url ?? '', textHtml(button.text), 'button');

const BLOCKS = {
  header: block => `<h3>${textHtml(block.text)}</h3>`,
  section: block => {
    const text = block.text ? `<p>${textHtml(block.text)}</p>` : '';
    const fields = (block.fields ?? [])
      .map(field => `<div>${textHtml(field)}</div>`)
      .join('');
    const accessory = block.accessory ? buttonHtml(block.accessory) : '';
    return `<div class="section">${text}${
      fields && `<div class="fields">${fields}</div>`
    }${accessory}</div>`;
  },
  context: block =>
    `<p class="context">${block.elements.map(textHtml).join(' ')}</p>`,
  actions: block =>
    `<p class="actions">${block.elements.map(buttonHtml).join(' ')}</p>`,
  divider: () => '<hr>',
};

const blocksHtml = blocks =>
  blocks.map(block => BLOCKS[block.type](block)).join('');

function attachmentHtml({ color, blocks, text, fallback }) {
  const bar = /^#[0-9a-f]{6}$/i.test(color ?? '') ? color : '#dddddd';
  const content = blocks
    ? blocksHtml(blocks)
    : `<p>${mrkdwnHtml(text ?? fallback ?? '')}</p>`;
  return `<div class="attachment" data-color="${bar}">${content}</div>`;
}

/** A message as Slack shows it, more or less. */
export function slackMessageHtml({ text = '', blocks, attachments = [] }) {
  const content = blocks ? blocksHtml(blocks) : `<p>${mrkdwnHtml(text)}</p>`;
  return `${content}${attachments.map(attachmentHtml).join('')}`;
}
