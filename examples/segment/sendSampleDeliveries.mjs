/**
 * Sends deliveries to the portal's Segment intake, signed as Segment does.
 *
 *   node examples/segment/sendSampleDeliveries.mjs            sample deliveries
 *   node examples/segment/sendSampleDeliveries.mjs FILE...    one delivery a file
 *
 * Environment: BACKEND_URL (http://localhost:7007), SEGMENT_WEBHOOK_SECRET
 * (demo-segment-secret).
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sampleDeliveries } from './sampleDeliveries.mjs';

const INTAKE = '/api/audit-trail/v1/intake/segment';
const BATCH = 500;

const hmac = (secret, text) =>
  createHmac('sha1', secret).update(text).digest('hex');

/** Posts one delivery or an array of them; of an array, its first is signed. */
export async function sendDelivery({ baseUrl, secret, delivery }) {
  const signed = Array.isArray(delivery) ? delivery[0] : delivery;
  const response = await fetch(`${baseUrl}${INTAKE}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Segment.io/1.0',
      'X-Signature': hmac(secret, JSON.stringify(signed)),
    },
    body: JSON.stringify(delivery),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(
      `The Segment intake answered ${response.status}: ${text.slice(0, 500)}`,
    );
  }
  return text;
}

/** Sends the sample deliveries in batches; returns how many. */
export async function sendSampleDeliveries({ baseUrl, secret, now, count }) {
  const deliveries = sampleDeliveries({ now, count });
  // Making many takes longer than a backend keeps a connection that rests. Then
  // it has to be noticed that it is closed before it is used again.
  await delay(100);
  for (let index = 0; index < deliveries.length; index += BATCH) {
    const delivery = deliveries.slice(index, index + BATCH);
    await sendDelivery({ baseUrl, secret, delivery });
  }
  return deliveries.length;
}

async function main(files) {
  const baseUrl = process.env.BACKEND_URL || 'http://localhost:7007';
  const secret = process.env.SEGMENT_WEBHOOK_SECRET || 'demo-segment-secret';
  if (files.length === 0) {
    const now = new Date();
    const count = await sendSampleDeliveries({ baseUrl, secret, now });
    console.log(
      `Sent ${count} sample deliveries of the 90 days before ${now.toISOString()}`,
    );
  }
  for (const file of files) {
    const delivery = JSON.parse(readFileSync(file, 'utf8'));
    console.log(
      `${file}: ${await sendDelivery({ baseUrl, secret, delivery })}`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2));
}
