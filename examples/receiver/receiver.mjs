/**
 * A receiver for the demo: stands in for Slack's incoming webhooks and for any
 * other webhook, and shows what arrived. For this machine only.
 *
 *   node examples/receiver/receiver.mjs
 *
 *   http://127.0.0.1:7100/                 shows what arrived
 *   http://127.0.0.1:7100/slack/anything   takes messages as Slack does
 *   http://127.0.0.1:7100/webhook/anything takes any POST
 *
 * Environment: RECEIVER_PORT (7100; 0 picks a free one), RECEIVER_OPTIONS (what
 * startReceiver takes, as JSON).
 */
import { startReceiver } from './startReceiver.mjs';

const receiver = await startReceiver({
  keep: 1_000,
  ...JSON.parse(process.env.RECEIVER_OPTIONS || '{}'),
  port: Number(process.env.RECEIVER_PORT ?? 7100),
});
console.log(`Receiving at ${receiver.url}`);
// To whoever forked it, with whom it ends.
process.send?.({ url: receiver.url });

for (const end of ['SIGINT', 'SIGTERM', 'disconnect']) {
  process.once(end, () => receiver.close());
}
