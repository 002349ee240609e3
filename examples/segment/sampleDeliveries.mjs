import {
  DOCUMENTED,
  PERMISSION_CHECKS,
  UNDOCUMENTED,
} from './sampleActivities.mjs';
import { sampleIncidents } from './sampleIncidents.mjs';
import { createRandom } from './random.mjs';
import { WORKSPACE } from './sampleWorkspace.mjs';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DAYS = 90;

/** How often an activity happens in everyday work, by how its name starts. */
const EVERYDAY = [
  [/^Source Modified/, 8],
  [/^Integration Modified/, 10],
  [/^Integration (Enabled|Disabled)/, 3],
  [/^Integration Created/, 1],
  [/^Audience (Modified|Created)/, 7],
  [/^Audience (CSV|Destination|Run)/, 3],
  [/^Computed Trait (Modified|Run)/, 3],
  [/^Warehouse Modified/, 3],
  [/^Warehouse Run Failed/, 4],
  [/^(Source|Destination) Function Modified/, 5],
  [/^Tracking Plan (Modified|Updated)/, 6],
  [/^New Event Allowed/, 12],
  [/^Violations Detected/, 5],
  [/^Schema Event/, 4],
  [/^Schema Identify/, 2],
  [/^User (Invite Sent|Invite Accepted|Added via SSO)/, 1],
  [/^Space Modified/, 2],
  [/^Destination Filter (Modified|Enabled|Disabled)/, 2],
];

/** Part of the day's work that happens in each hour, UTC. */
const WORKING_HOURS = [
  0, 0, 0, 0, 0, 1, 3, 8, 12, 12, 10, 6, 8, 11, 12, 10, 7, 3, 1, 1, 0, 0, 0, 0,
];

const weightOf = ({ type }) =>
  EVERYDAY.find(([pattern]) => pattern.test(type))?.[1] ?? 0;

const isAutomatic = actor => actor.userId === '__system__';

/** Weekends are quiet: a tenth of a working day. */
const dayWeight = time =>
  [0, 6].includes(new Date(time).getUTCDay()) ? 1 : 10;

function startOfDay(time) {
  return Math.floor(time / DAY) * DAY;
}

/** A moment of a working week within the 90 days before now. */
function momentOfWork(random, now, automatic) {
  for (;;) {
    const day = startOfDay(now - random.below(DAYS) * DAY);
    const hour = automatic
      ? random.below(24)
      : random.weighted(WORKING_HOURS.map((weight, index) => [index, weight]));
    const time = day + hour * 60 * MINUTE + random.below(60 * MINUTE);
    const inRange = time > now - DAYS * DAY + DAY && time < now - 15 * MINUTE;
    if (inRange && random.below(10) < dayWeight(time)) {
      return time;
    }
  }
}

const sorted = object =>
  Object.fromEntries(
    Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** One audit event in the shape in which Segment's Webhooks destination sends it. */
function toDelivery(random, { time, type, actor, details }) {
  // Segment's own services tell whole seconds, people's actions milliseconds.
  const occurred = isAutomatic(actor) ? Math.floor(time / 1000) * 1000 : time;
  const timestamp = new Date(occurred).toISOString();
  return {
    channel: 'server',
    context: { library: { name: 'unknown', version: 'unknown' } },
    event: 'Audit',
    integrations: {},
    messageId: `api-${random.letters(27)}`,
    originalTimestamp: isAutomatic(actor)
      ? timestamp.replace('.000Z', 'Z')
      : timestamp,
    properties: {
      details: sorted({
        ...details,
        ...(actor.subject && !details.subject_id
          ? { subject: actor.subject }
          : {}),
      }),
      type,
      workspace_id: WORKSPACE.id,
    },
    receivedAt: new Date(occurred + 20 + random.below(900)).toISOString(),
    timestamp,
    type: 'track',
    userId: actor.userId,
  };
}

function happening(random, now, activity) {
  const actor = random.pick(activity.actors);
  return {
    time: momentOfWork(random, now, isAutomatic(actor)),
    type: activity.type,
    actor,
    details: random.pick(activity.choices),
  };
}

/**
 * Sample deliveries of the last 90 days, oldest first: every documented
 * activity at least once, everyday work on top, some incidents, a few
 * undocumented types and some Permission Checks. The same `now` always gives
 * the same deliveries.
 *
 * @param {{ now: Date | number | string, count?: number }} options
 */
export function sampleDeliveries({ now, count = 1500 }) {
  const end = new Date(now).getTime();
  const random = createRandom(end);
  const events = sampleIncidents(end);
  for (const activity of [
    ...DOCUMENTED,
    ...UNDOCUMENTED,
    ...PERMISSION_CHECKS,
    ...PERMISSION_CHECKS,
  ]) {
    events.push(happening(random, end, activity));
  }
  const everyday = [...DOCUMENTED, ...UNDOCUMENTED]
    .map(activity => [activity, weightOf(activity)])
    .filter(([, weight]) => weight > 0);
  while (events.length < count) {
    events.push(happening(random, end, random.weighted(everyday)));
  }
  return events
    .sort((a, b) => a.time - b.time)
    .map(event => toDelivery(random, event));
}
