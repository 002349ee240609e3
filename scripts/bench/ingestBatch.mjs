import { randomUUID } from 'node:crypto';
import { createRandom } from '../../examples/segment/random.mjs';
import { WORKSPACE_ID } from './workspace.mjs';

/** Recorded deliveries of Segment arrived within a second of what they tell of. */
const LATEST_MS = 1_000;

const random = createRandom(1_000);

function ingestEvent({ workspace, activities }) {
  const resource = random.pick(workspace.resources);
  const key = `segment:${resource.kind}:${resource.id}`;
  const { originalType, part } = random.pick(activities);
  const description = random.pick(workspace.sentences);
  const words = description.split(' ');
  const actor = random.pick(workspace.actors);
  return {
    sourceEventId: randomUUID(),
    type: originalType,
    occurredAt: new Date(Date.now() - random.below(LATEST_MS)).toISOString(),
    workspace: WORKSPACE_ID,
    actor,
    resource: {
      key: part ? `segment:${part}:${resource.id}${random.below(3)}` : key,
      name: resource.name,
    },
    resources: [key],
    changes: [
      { path: `settings.${words[0]}`, before: words[1], after: words[2] },
    ],
    details: {
      description,
      reason: random.pick(workspace.sentences),
      metadata_id: randomUUID(),
      resource_id: resource.id,
      resource_type: resource.kind,
      subject: `users/${actor.id}`,
      target: resource.name,
    },
  };
}

/** The body of a request that records new events of the workspace. */
export function ingestBatch({ workspace, activities, size }) {
  const events = Array.from({ length: size }, () =>
    ingestEvent({ workspace, activities }),
  );
  return JSON.stringify({ events });
}
