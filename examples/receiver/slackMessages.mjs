/**
 * Reads messages as Slack's incoming webhooks do: what they refuse is refused.
 * Its limits are those of Slack's documentation of Block Kit.
 */
const MAX_BLOCKS = 50;
const MAX_ATTACHMENTS = 100;
const MAX_TEXT = 40_000;

class Refusal extends Error {
  constructor(code, reason) {
    super(reason);
    this.code = code;
  }
}

const isObject = value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function check(fine, reason, code = 'invalid_blocks') {
  if (!fine) {
    throw new Refusal(code, reason);
  }
}

function checkText(object, place, maxLength, types = ['plain_text', 'mrkdwn']) {
  check(isObject(object), `${place}: no text object`);
  const { type, text, emoji, verbatim } = object;
  check(types.includes(type), `${place}: not of type ${types.join(' or ')}`);
  check(typeof text === 'string', `${place}: no text`);
  check(text.length >= 1, `${place}: empty`);
  check(text.length <= maxLength, `${place}: longer than ${maxLength}`);
  check(
    emoji === undefined || type === 'plain_text',
    `${place}: emoji is for plain_text`,
  );
  check(
    verbatim === undefined || type === 'mrkdwn',
    `${place}: verbatim is for mrkdwn`,
  );
}

function checkList(list, place, max) {
  check(Array.isArray(list) && list.length > 0, `${place}: no list`);
  check(list.length <= max, `${place}: more than ${max}`);
}

function checkButton(button, place) {
  check(button?.type === 'button', `${place}: no button`);
  checkText(button.text, `${place}.text`, 75, ['plain_text']);
  if (button.url !== undefined) {
    check(
      typeof button.url === 'string' && button.url.length <= 3_000,
      `${place}.url: longer than 3000`,
    );
    check(URL.canParse(button.url), `${place}.url: no URL`);
  }
  if (button.action_id !== undefined) {
    check(
      typeof button.action_id === 'string' && button.action_id.length <= 255,
      `${place}.action_id: longer than 255`,
    );
  }
  check(
    [undefined, 'primary', 'danger'].includes(button.style),
    `${place}.style: neither primary nor danger`,
  );
}

function checkActionIds(elements, place) {
  const ids = elements.map(element => element.action_id).filter(Boolean);
  check(new Set(ids).size === ids.length, `${place}: an action_id twice`);
}

const BLOCKS = {
  header: (block, place) =>
    checkText(block.text, `${place}.text`, 150, ['plain_text']),
  section: (block, place) => {
    check(block.text || block.fields, `${place}: neither text nor fields`);
    if (block.text) {
      checkText(block.text, `${place}.text`, 3_000);
    }
    if (block.fields) {
      checkList(block.fields, `${place}.fields`, 10);
      block.fields.forEach((field, at) =>
        checkText(field, `${place}.fields[${at}]`, 2_000),
      );
    }
    if (block.accessory) {
      checkButton(block.accessory, `${place}.accessory`);
    }
  },
  context: (block, place) => {
    checkList(block.elements, `${place}.elements`, 10);
    block.elements.forEach((element, at) =>
      checkText(element, `${place}.elements[${at}]`, 3_000),
    );
  },
  actions: (block, place) => {
    checkList(block.elements, `${place}.elements`, 25);
    block.elements.forEach((element, at) =>
      checkButton(element, `${place}.elements[${at}]`),
    );
    checkActionIds(block.elements, `${place}.elements`);
  },
  divider: () => {},
};

function checkBlocks(blocks, place) {
  checkList(blocks, place, MAX_BLOCKS);
  blocks.forEach((block, at) => {
    check(
      isObject(block) && Object.hasOwn(BLOCKS, block.type),
      `${place}[${at}]: of an unknown type`,
    );
    BLOCKS[block.type](block, `${place}[${at}]`);
  });
  return blocks.length;
}

function checkMessage(message) {
  check(isObject(message), 'no object', 'invalid_payload');
  const { text, blocks, attachments = [] } = message;
  check(
    text || blocks?.length || attachments.length,
    'no text, no blocks, no attachments',
    'no_text',
  );
  check(
    text === undefined || typeof text === 'string',
    'text: no text',
    'invalid_payload',
  );
  check((text ?? '').length <= MAX_TEXT, 'text: too long', 'msg_too_long');
  check(Array.isArray(attachments), 'attachments: no list', 'invalid_payload');
  check(
    attachments.length <= MAX_ATTACHMENTS,
    `attachments: more than ${MAX_ATTACHMENTS}`,
    'too_many_attachments',
  );
  let count = blocks ? checkBlocks(blocks, 'blocks') : 0;
  attachments.forEach((attachment, at) => {
    const place = `attachments[${at}]`;
    check(
      attachment?.blocks || attachment?.text || attachment?.fallback,
      `${place}: empty`,
      'missing_text_or_fallback_or_attachments',
    );
    if (attachment.blocks) {
      count += checkBlocks(attachment.blocks, `${place}.blocks`);
    }
  });
  check(count <= MAX_BLOCKS, `more than ${MAX_BLOCKS} blocks in all`);
}

/** Everything in a message that Slack would read marks in. */
function markedTexts(value) {
  if (Array.isArray(value)) {
    return value.flatMap(markedTexts);
  }
  if (!isObject(value)) {
    return [];
  }
  return [
    ...(typeof value.text === 'string' ? [value.text] : []),
    ...(typeof value.fallback === 'string' ? [value.fallback] : []),
    ...Object.values(value).flatMap(markedTexts),
  ];
}

/** Whom a message would call: channels, groups, people. */
function mentionsOf(message) {
  return markedTexts(message).flatMap(
    text => text.match(/<(?:!(?!date\^)|@|#)[^>]*>?/g) ?? [],
  );
}

/**
 * Reads the body of a call to an incoming webhook.
 *
 * @returns the message, whom it would call, and why Slack would refuse it
 */
export function readSlackMessage(body) {
  let message;
  try {
    message = JSON.parse(body);
  } catch {
    return { problem: { code: 'invalid_payload', reason: 'no JSON' } };
  }
  try {
    checkMessage(message);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    return { message, problem: { code: error.code, reason: error.message } };
  }
  return { message, mentions: mentionsOf(message) };
}
