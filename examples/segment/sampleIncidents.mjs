import { DOCUMENTED } from './sampleActivities.mjs';
import {
  ACTORS,
  SOURCES,
  TRACKING_PLANS,
  WAREHOUSES,
} from './sampleWorkspace.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The details that an activity has for the resource of this name. */
function detailsOf(type, target) {
  const { choices } = DOCUMENTED.find(activity => activity.type === type);
  return choices.find(details => details.target === target) ?? choices[0];
}

const event = (time, type, actor, target) => ({
  time,
  type,
  actor,
  details: detailsOf(type, target),
});

/** A warehouse that fails, is switched off, on and, just now, off again. */
function warehouseTrouble(now) {
  const { orders, postgres } = WAREHOUSES;
  const { dataEngineer, deployToken, system } = ACTORS;
  return [
    ...[30, 29, 28.5].map(hours =>
      event(now - hours * HOUR, 'Warehouse Run Failed', system, orders.name),
    ),
    event(now - 28 * HOUR, 'Warehouse Disabled', dataEngineer, orders.name),
    event(now - 26 * HOUR, 'Warehouse Modified', deployToken, orders.name),
    event(now - 25 * HOUR, 'Warehouse Enabled', dataEngineer, orders.name),
    event(now - 5 * HOUR, 'Warehouse Modified', dataEngineer, postgres.name),
    event(now - 21 * MINUTE, 'Warehouse Run Failed', system, orders.name),
    event(now - 12 * MINUTE, 'Warehouse Disabled', dataEngineer, orders.name),
  ];
}

/** The web shop's destination is removed by mistake and made again. */
function lostIntegration(now) {
  const { webEngineer } = ACTORS;
  const start = now - 9 * DAY;
  return [
    ['Integration Disabled', 0],
    ['Integration Deleted', 3],
    ['Integration Created', 48],
    ['Integration Modified', 55],
    ['Integration Enabled', 57],
  ].map(([type, minutes]) =>
    event(start + minutes * MINUTE, type, webEngineer, 'Amplitude'),
  );
}

/** A release of the app sends events that nobody has planned. */
function brokenRelease(now) {
  const { marketer, system, webEngineer } = ACTORS;
  const start = now - 20 * DAY;
  const app = SOURCES.mobileApp.name;
  const plan = TRACKING_PLANS[1].name;
  const burst = Array.from({ length: 24 }, (_, index) =>
    event(
      start + index * 100_000,
      index % 3 === 0
        ? 'Violations Detected'
        : 'Tracking Plan New Event Blocked',
      system,
      index % 3 === 0 ? plan : app,
    ),
  );
  return [
    ...burst,
    event(start + 44 * MINUTE, 'Tracking Plan Modified', webEngineer, plan),
    event(start + 49 * MINUTE, 'Schema Event Allowed', marketer, app),
  ];
}

/** What the web shop's own team did this week. */
function webShopWeek(now) {
  const { webEngineer } = ACTORS;
  const shop = SOURCES.webShop.name;
  return [
    event(now - 3 * HOUR, 'Source Modified', webEngineer, shop),
    event(now - 2 * DAY, 'Schema Event Blocked', webEngineer, shop),
    event(now - 3 * DAY, 'Source Enabled', webEngineer, shop),
    event(now - 3 * DAY - 40 * MINUTE, 'Source Disabled', webEngineer, shop),
  ];
}

/** Stories that a reader of the trail can follow, relative to now. */
export function sampleIncidents(now) {
  return [
    ...warehouseTrouble(now),
    ...lostIntegration(now),
    ...brokenRelease(now),
    ...webShopWeek(now),
  ];
}
