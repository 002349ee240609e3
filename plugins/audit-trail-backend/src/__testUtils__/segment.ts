import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SECRET } from './backend';

const RECORDED = path.resolve(
  __dirname,
  '../../../../examples/segment/recorded',
);

/** Deliveries recorded from Segment, by file name. */
export const RECORDED_DELIVERIES: Record<string, any> = Object.fromEntries(
  readdirSync(RECORDED)
    .filter(name => name.endsWith('.json'))
    .map(name => [
      name,
      JSON.parse(readFileSync(path.join(RECORDED, name), 'utf8')),
    ]),
);

/** The signature of Segment's Webhooks destination. */
export function sign(text: string, secret = SECRET): string {
  return createHmac('sha1', secret).update(text).digest('hex');
}
