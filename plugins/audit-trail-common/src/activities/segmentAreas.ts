import type { ActivityRow, Area } from './Area';

/**
 * The 90 activities in nine areas of Segment's documentation, spelled as
 * there. Aliases are the spellings of forwarded deliveries (the singular) and
 * those that the Public API's reference names for its own calls.
 */
export const SEGMENT_AREAS: Area[] = [
  {
    id: 'access-management',
    label: 'Access Management',
    activities: [
      [
        'user-invite.sent',
        'User Invite Sent',
        'sent',
        'New Segment User Invited to Workspace',
        'Non-Segment User Invited to Workspace',
      ],
      [
        'user-invite.deleted',
        'User Invite Deleted',
        'deleted',
        'Invite Deleted',
      ],
      ['user-invite.accepted', 'User Invite Accepted', 'accepted'],
      ['user.added-via-sso', 'User Added via SSO', 'added'],
      ['user.removed', 'User Removed', 'removed'],
      ['user-group.created', 'User Group Created', 'created'],
      ['user-group.updated', 'User Group Updated', 'updated'],
    ],
  },
  {
    id: 'source',
    label: 'Source',
    activities: [
      ['source.created', 'Source Created', 'created'],
      ['source.enabled', 'Source Enabled', 'enabled'],
      ['source.disabled', 'Source Disabled', 'disabled'],
      [
        'source.modified',
        'Source Modified',
        'modified',
        'Source Settings Modified',
      ],
      ['source.deleted', 'Source Deleted', 'deleted'],
    ],
  },
  {
    id: 'integrations',
    label: 'Integrations',
    activities: [
      [
        'integration.created',
        'Integrations Created',
        'created',
        'Integration Created',
      ],
      [
        'integration.enabled',
        'Integrations Enabled',
        'enabled',
        'Integration Enabled',
      ],
      [
        'integration.disabled',
        'Integrations Disabled',
        'disabled',
        'Integration Disabled',
      ],
      [
        'integration.modified',
        'Integrations Modified',
        'modified',
        'Integration Modified',
      ],
      [
        'integration.deleted',
        'Integrations Deleted',
        'deleted',
        'Integration Deleted',
      ],
    ],
  },
  {
    id: 'functions',
    label: 'Functions',
    activities: [
      ['source-function.created', 'Source Function Created', 'created'],
      ['source-function.deleted', 'Source Function Deleted', 'deleted'],
      [
        'source-function.modified',
        'Source Function Modified',
        'modified',
        'Source Function Updated',
      ],
      [
        'destination-function.created',
        'Destination Function Created',
        'created',
      ],
      [
        'destination-function.deleted',
        'Destination Function Deleted',
        'deleted',
      ],
      [
        'destination-function.modified',
        'Destination Function Modified',
        'modified',
        'Destination Function Updated',
      ],
    ],
  },
  {
    id: 'destination-filters',
    label: 'Destination Filters',
    activities: [
      [
        'destination-filter.created',
        'Destination Filters Created',
        'created',
        'Destination Filter Created',
        'Filter Created',
      ],
      [
        'destination-filter.modified',
        'Destination Filters Modified',
        'modified',
        'Destination Filter Modified',
        'Filter Updated',
      ],
      [
        'destination-filter.deleted',
        'Destination Filters Deleted',
        'deleted',
        'Destination Filter Deleted',
        'Filter Deleted',
      ],
    ],
  },
  {
    id: 'warehouses',
    label: 'Warehouses',
    activities: [
      [
        'warehouse.created',
        'Warehouses Created',
        'created',
        'Warehouse Created',
        'Storage Destination Created',
      ],
      [
        'warehouse.enabled',
        'Warehouses Enabled',
        'enabled',
        'Warehouse Enabled',
        'Storage Destination Enabled',
      ],
      [
        'warehouse.disabled',
        'Warehouses Disabled',
        'disabled',
        'Warehouse Disabled',
        'Storage Destination Disabled',
      ],
      [
        'warehouse.modified',
        'Warehouses Modified',
        'modified',
        'Warehouse Modified',
        'Storage Destination Modified',
      ],
      [
        'warehouse.deleted',
        'Warehouses Deleted',
        'deleted',
        'Warehouse Deleted',
        'Storage Destination Deleted',
      ],
      ['warehouse.run-failed', 'Warehouse Run Failed', 'failed'],
    ],
  },
  {
    id: 'protocols',
    label: 'Protocols',
    activities: [
      ['tracking-plan.created', 'Tracking Plan Created', 'created'],
      ['tracking-plan.modified', 'Tracking Plan Modified', 'modified'],
      ['tracking-plan.deleted', 'Tracking Plan Deleted', 'deleted'],
      [
        'tracking-plan.source-connected',
        'Source Connected to Tracking Plan',
        'connected',
      ],
      [
        'tracking-plan.source-disconnected',
        'Source Disconnected From Tracking Plan',
        'disconnected',
      ],
      ['tracking-plan.inferred', 'Tracking Plan Inferred', 'inferred'],
      [
        'tracking-plan.new-event-blocked',
        'Tracking Plan New Event Blocked',
        'blocked',
        'New Event Blocked',
      ],
      [
        'tracking-plan.new-event-allowed',
        'Tracking Plan New Event Allowed',
        'allowed',
        'New Event Allowed',
      ],
      [
        'tracking-plan.new-group-trait-omitted',
        'Tracking Plan New Group Trait Omitted',
        'omitted',
        'New Group Trait Omitted',
      ],
      [
        'tracking-plan.new-identify-trait-omitted',
        'Tracking Plan New Identify Trait Omitted',
        'omitted',
        'New Identify Trait Omitted',
      ],
      [
        'tracking-plan.new-track-property-omitted',
        'Tracking Plan New Track Property Omitted',
        'omitted',
        'New Track Property Omitted',
      ],
      [
        'tracking-plan.operations-updated',
        'Tracking Plan Operations Updated',
        'updated',
      ],
      ['tracking-plan.updated', 'Tracking Plan Updated', 'updated'],
      ['tracking-plan.violations-detected', 'Violations Detected', 'detected'],
    ],
  },
  {
    id: 'personas',
    label: 'Personas',
    activities: [
      ['space.source-connected', 'Source Connected To Space', 'connected'],
      [
        'space.source-disconnected',
        'Source Disconnected From Space',
        'disconnected',
      ],
      ['space.created', 'Space Created', 'created'],
      ['space.modified', 'Space Modified', 'modified'],
      ['space.deleted', 'Space Deleted', 'deleted'],
      ['computed-trait.created', 'Computed Trait Created', 'created'],
      ['computed-trait.modified', 'Computed Trait Modified', 'modified'],
      ['computed-trait.deleted', 'Computed Trait Deleted', 'deleted'],
      [
        'computed-trait.csv-downloaded',
        'Computed Trait CSV Downloaded',
        'downloaded',
      ],
      ['computed-trait.run-failed', 'Computed Trait Run Failed', 'failed'],
      [
        'computed-trait.destination-sync-failed',
        'Computed Trait Destination Sync Failed',
        'failed',
      ],
      ['audience.created', 'Audience Created', 'created'],
      ['audience.modified', 'Audience Modified', 'modified'],
      ['audience.deleted', 'Audience Deleted', 'deleted'],
      ['audience.csv-downloaded', 'Audience CSV Downloaded', 'downloaded'],
      ['audience.run-failed', 'Audience Run Failed', 'failed'],
      [
        'audience.destination-sync-failed',
        'Audience Destination Sync Failed',
        'failed',
      ],
      [
        'personas-warehouse-source.created',
        'Personas Warehouse Source Created',
        'created',
        'Profiles Sync Warehouse Created',
      ],
      [
        'personas-warehouse-source.modified',
        'Personas Warehouse Source Modified',
        'modified',
        'Profiles Sync Warehouse Modified',
        'Profiles Sync Warehouse Updated',
      ],
      [
        'personas-warehouse-source.deleted',
        'Personas Warehouse Source Deleted',
        'deleted',
        'Profiles Sync Warehouse Deleted',
      ],
    ],
  },
  {
    id: 'schema-default',
    label: 'Schema Default',
    activities: [
      ...[
        'Block New Events',
        'Allow New Event Properties',
        'Omit New Group Traits',
        'Allow Group Traits On Violation',
        'Omit New Event Properties',
        'Allow New Identify Traits',
        'Omit Identify Traits On Violation',
        'Allow New Events',
        'Omit New Identify Traits',
        'Omit Group Traits On Violation',
        'Allow New Group Traits',
        'Allow Identify Traits On Violation',
      ].map(
        (default_): ActivityRow => [
          `schema-default.edited-to-${default_
            .toLowerCase()
            .replace(/ /g, '-')}`,
          `Schema Default Edited To ${default_}`,
          'edited',
        ],
      ),
      ['schema-event.allowed', 'Schema Event Allowed', 'allowed'],
      ['schema-event.blocked', 'Schema Event Blocked', 'blocked'],
      ['schema-event.archived', 'Schema Event Archived', 'archived'],
      [
        'schema-identify-trait.blocked',
        'Schema Identify Trait Blocked',
        'blocked',
      ],
      [
        'schema-identify-trait.allowed',
        'Schema Identify Trait Allowed',
        'allowed',
      ],
      [
        'schema-identify-trait.archived',
        'Schema Identify Trait Archived',
        'archived',
      ],
      [
        'schema-event-property.rule-edited-to-optional',
        'Schema Event Property Rule Edited To Optional',
        'edited',
      ],
      [
        'schema-event-property.rule-edited-to-forbidden',
        'Schema Event Property Rule Edited To Forbidden',
        'edited',
      ],
      [
        'schema-event-property.rule-edited-to-required',
        'Schema Event Property Rule Edited To Required',
        'edited',
      ],
      [
        'schema-event-property.conditions-edited',
        'Schema Event Property Conditions Edited',
        'edited',
      ],
      [
        'schema-group-property.blocked',
        'Schema Group Property Blocked',
        'blocked',
      ],
      [
        'schema-group-property.allowed',
        'Schema Group Property Allowed',
        'allowed',
      ],
    ],
  },
];
