import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { ReactNode } from 'react';
import type { FilterField } from '../../model/activeFilters';
import {
  ACTOR_TYPE_LABELS,
  OUTCOME_LABELS,
  actorName,
  categoryLabel,
  intakeLabel,
  resourceKeyLabel,
  resourceName,
  sourceLabel,
} from '../../model/labels';
import {
  clockTime,
  fullTime,
  isSameDay,
  type TimeZone,
} from '../../model/times';
import { ActorIcon, NarrowActions, type OnNarrow } from '../EventParts';
import { EventChanges } from './EventChanges';
import { EventDeliveries } from './EventDeliveries';
import { useDrawerStyles } from './useDrawerStyles';

/** Everything about an event, fact by fact. */
export function EventFacts(props: {
  event: AuditEvent;
  zone: TimeZone;
  /** Left out where there is no list to narrow. */
  onNarrow?: OnNarrow;
}) {
  const { event, zone, onNarrow } = props;
  const { actor, resource } = event;
  const classes = useDrawerStyles();

  const fact = (
    content: ReactNode,
    narrow?: { field: FilterField; value: string; label: string },
  ) => (
    <div className={classes.fact}>
      {content}
      {narrow && onNarrow && (
        <span>
          <NarrowActions {...narrow} onNarrow={onNarrow} focusable />
        </span>
      )}
    </div>
  );
  const quiet = (text: string) => <span className={classes.quiet}>{text}</span>;

  return (
    <dl className={classes.facts}>
      <dt>Who</dt>
      <dd>
        {fact(
          <>
            <ActorIcon type={actor.type} />
            {actor.entityRef ? (
              <EntityRefLink entityRef={actor.entityRef}>
                {actorName(actor)}
              </EntityRefLink>
            ) : (
              <span>{actorName(actor)}</span>
            )}
          </>,
          { field: 'actors', value: actor.id, label: actorName(actor) },
        )}
        {actor.email && actor.email !== actorName(actor) && fact(actor.email)}
        {fact(
          quiet(`${ACTOR_TYPE_LABELS[actor.type] ?? actor.type} ${actor.id}`),
        )}
      </dd>

      <dt>What</dt>
      <dd>
        {fact(<span className={classes.code}>{event.type}</span>, {
          field: 'types',
          value: event.type,
          label: event.label,
        })}
        {event.originalType !== event.type &&
          fact(
            quiet(
              `"${event.originalType}" in the words of ${sourceLabel(
                event.source,
              )}`,
            ),
          )}
        {fact(
          <>
            {quiet('category')} {categoryLabel(event.category)}
          </>,
          {
            field: 'categories',
            value: event.category,
            label: categoryLabel(event.category),
          },
        )}
        {fact(
          <>
            {quiet('verb')} {event.verb}
          </>,
        )}
        {fact(
          <>
            {quiet('outcome')}{' '}
            {OUTCOME_LABELS[event.outcome]?.toLowerCase() ?? event.outcome}
          </>,
          {
            field: 'outcomes',
            value: event.outcome,
            label: OUTCOME_LABELS[event.outcome] ?? event.outcome,
          },
        )}
      </dd>

      <dt>Where</dt>
      <dd>
        {fact(
          <>
            {quiet('workspace')} {event.workspace}
          </>,
          {
            field: 'workspaces',
            value: event.workspace,
            label: event.workspace,
          },
        )}
        {event.resources.map(key => {
          const primary = key === resource.key;
          const label = primary
            ? `${resource.type} ${resourceName(resource)}`
            : resourceKeyLabel(key);
          return (
            <div key={key} title={key}>
              {fact(
                <>
                  {!primary && quiet('belongs to')} {label}
                </>,
                { field: 'resources', value: key, label },
              )}
            </div>
          );
        })}
        {resource.name && fact(quiet(`id ${resource.id}`))}
      </dd>

      {event.changes && event.changes.length > 0 && (
        <>
          <dt>Changes</dt>
          <dd>
            <EventChanges changes={event.changes} />
          </dd>
        </>
      )}

      <dt>Arrived</dt>
      <dd>
        {fact(
          <>
            {sourceLabel(event.source)}
            {event.intakes.length > 0 &&
              `, by ${event.intakes
                .map(intake => intakeLabel(intake, event.source))
                .join(' and ')}`}
          </>,
          {
            field: 'sources',
            value: event.source,
            label: sourceLabel(event.source),
          },
        )}
        <div className={classes.fact} title={fullTime(event.recordedAt, zone)}>
          {quiet(
            `recorded ${
              isSameDay(event.recordedAt, event.occurredAt, zone)
                ? clockTime(event.recordedAt, zone)
                : fullTime(event.recordedAt, zone)
            }`,
          )}
        </div>
      </dd>

      <EventDeliveries
        eventId={event.id}
        recordedAt={event.recordedAt}
        zone={zone}
      />

      {event.severity && (
        <>
          <dt>Severity</dt>
          <dd>{event.severity}</dd>
        </>
      )}
      {event.correlationId && (
        <>
          <dt>Correlation</dt>
          <dd className={classes.code}>{event.correlationId}</dd>
        </>
      )}
      <dt>Event id</dt>
      <dd className={classes.code}>{event.id}</dd>
    </dl>
  );
}
