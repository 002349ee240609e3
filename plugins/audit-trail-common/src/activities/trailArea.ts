import type { Area } from './Area';

/** What people do with the trail itself, which the trail records too. */
export const TRAIL_AREA: Area = {
  id: 'audit-trail',
  label: 'Audit Trail',
  activities: [
    ['audit-trail.viewed', 'Audit Trail Viewed', 'viewed'],
    ['audit-trail.event-viewed', 'Audit Event Viewed', 'viewed'],
    ['audit-trail.exported', 'Audit Trail Exported', 'exported'],
    [
      'audit-trail.destination-enabled',
      'Audit Trail Destination Enabled',
      'enabled',
    ],
    [
      'audit-trail.destination-disabled',
      'Audit Trail Destination Disabled',
      'disabled',
    ],
    [
      'audit-trail.destination-modified',
      'Audit Trail Destination Modified',
      'modified',
    ],
    [
      'audit-trail.destination-tested',
      'Audit Trail Destination Tested',
      'tested',
    ],
    [
      'audit-trail.destination-failed',
      'Audit Trail Destination Failed',
      'failed',
    ],
    [
      'audit-trail.destination-recovered',
      'Audit Trail Destination Recovered',
      'recovered',
    ],
    [
      'audit-trail.deliveries-redriven',
      'Audit Trail Deliveries Redriven',
      'redriven',
    ],
    ['audit-trail.view-created', 'Audit Trail View Created', 'created'],
    ['audit-trail.view-modified', 'Audit Trail View Modified', 'modified'],
    ['audit-trail.view-deleted', 'Audit Trail View Deleted', 'deleted'],
    ['audit-trail.pruned', 'Audit Trail Pruned', 'pruned'],
    ['audit-trail.events-lost', 'Audit Events Lost', 'lost'],
  ],
};

/**
 * Types of the events that tell who looked at the trail: by far the most
 * frequent and the least interesting, so that a page may leave them out.
 *
 * @public
 */
export const TRAIL_READ_TYPES: readonly string[] = [
  'audit-trail.viewed',
  'audit-trail.event-viewed',
];
