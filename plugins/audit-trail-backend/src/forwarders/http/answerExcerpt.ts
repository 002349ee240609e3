import { stripVTControlCharacters } from 'node:util';
import { cutText, plainText } from '../messages/plainText';

const MAX_LENGTH = 200;

/** What is looked at to make an excerpt. */
const MAX_READ = 8 * 1024;

/** Parts of a secret that are as long as this are secret by themselves. */
const MIN_PART_LENGTH = 12;

/** What of a request an answer may echo and nobody may read. */
export function secretsOf(url: URL, headers: Record<string, string>): string[] {
  const values = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() !== 'content-type')
    .map(([, value]) => value);
  const { username, password, pathname, search } = url;
  values.push(username, password, pathname, search.slice(1));
  const whole = values.filter(value => value.length > 1);
  const parts = whole
    .flatMap(value => value.split(/[\s/?&=:,;]+/))
    .filter(part => part.length >= MIN_PART_LENGTH);
  return [...new Set([...whole, ...parts])].sort((a, b) => b.length - a.length);
}

/**
 * What of an answer's body may stand in a message: at most 200 characters, all
 * of them printable, and none of the request's secrets.
 */
export function answerExcerpt(body: string, secrets: string[]): string {
  const text = stripVTControlCharacters(body.slice(0, MAX_READ));
  const shown = secrets.reduce(
    (rest, secret) => rest.replaceAll(secret, '[removed]'),
    text.trim() && plainText(text),
  );
  return cutText(shown, MAX_LENGTH);
}
