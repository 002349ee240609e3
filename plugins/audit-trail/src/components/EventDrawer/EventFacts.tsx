import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import type { ReactNode } from 'react';
import { useTranslation } from '../../hooks';
import type { FilterField } from '../../model/activeFilters';
import {
  actorName,
  actorTypeLabel,
  categoryLabel,
  intakeLabel,
  outcomeLabel,
  resourceKeyLabel,
  resourceName,
  sourceLabel,
  withinSentence,
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
import { RelatedFacts, type OnRelated } from './RelatedFacts';
import { useDrawerStyles } from './useDrawerStyles';

/** Everything about an event, fact by fact. */
export function EventFacts(props: {
  event: AuditEvent;
  zone: TimeZone;
  /** Left out where there is no list to narrow. */
  onNarrow?: OnNarrow;
  /** Left out where there is no list to show what is related. */
  related?: { entityRef?: string; onRelated: OnRelated };
}) {
  const { event, zone, onNarrow, related } = props;
  const { actor, resource } = event;
  const classes = useDrawerStyles();
  const { t } = useTranslation();

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
      <dt>{t('drawer.who')}</dt>
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
        {fact(quiet(`${actorTypeLabel(t, actor.type)} ${actor.id}`))}
      </dd>

      <dt>{t('drawer.what')}</dt>
      <dd>
        {fact(<span className={classes.code}>{event.type}</span>, {
          field: 'types',
          value: event.type,
          label: event.label,
        })}
        {event.originalType !== event.type &&
          fact(
            quiet(
              t('drawer.inTheWordsOf', {
                name: withinSentence(event.originalType),
                source: withinSentence(sourceLabel(t, event.source)),
              }),
            ),
          )}
        {fact(
          <>
            {quiet(t('drawer.category'))} {categoryLabel(t, event.category)}
          </>,
          {
            field: 'categories',
            value: event.category,
            label: categoryLabel(t, event.category),
          },
        )}
        {fact(
          <>
            {quiet(t('drawer.verb'))} {event.verb}
          </>,
        )}
        {fact(
          <>
            {quiet(t('drawer.outcome'))}{' '}
            {outcomeLabel(t, event.outcome).toLocaleLowerCase(t('locale'))}
          </>,
          {
            field: 'outcomes',
            value: event.outcome,
            label: outcomeLabel(t, event.outcome),
          },
        )}
      </dd>

      <dt>{t('drawer.where')}</dt>
      <dd>
        {fact(
          <>
            {quiet(t('drawer.workspace'))} {event.workspace}
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
                  {!primary && quiet(t('drawer.belongsTo'))} {label}
                </>,
                { field: 'resources', value: key, label },
              )}
            </div>
          );
        })}
        {resource.name && fact(quiet(t('drawer.id', { id: resource.id })))}
      </dd>

      {event.changes && event.changes.length > 0 && (
        <>
          <dt>{t('drawer.changes')}</dt>
          <dd>
            <EventChanges changes={event.changes} />
          </dd>
        </>
      )}

      <dt>{t('drawer.arrived')}</dt>
      <dd>
        {fact(
          event.intakes.length > 0
            ? t('drawer.arrivedBy', {
                source: sourceLabel(t, event.source),
                intakes: event.intakes
                  .map(intake => intakeLabel(t, intake, event.source))
                  .join(t('drawer.and')),
              })
            : sourceLabel(t, event.source),
          {
            field: 'sources',
            value: event.source,
            label: sourceLabel(t, event.source),
          },
        )}
        <div
          className={classes.fact}
          title={fullTime(t, event.recordedAt, zone)}
        >
          {quiet(
            t('drawer.recorded', {
              time: isSameDay(event.recordedAt, event.occurredAt, zone)
                ? clockTime(t, event.recordedAt, zone)
                : fullTime(t, event.recordedAt, zone),
            }),
          )}
        </div>
      </dd>

      <EventDeliveries
        eventId={event.id}
        recordedAt={event.recordedAt}
        zone={zone}
      />

      {related && (
        <RelatedFacts
          event={event}
          entityRef={related.entityRef}
          onRelated={related.onRelated}
        />
      )}

      {event.severity && (
        <>
          <dt>{t('drawer.severity')}</dt>
          <dd>{event.severity}</dd>
        </>
      )}
      {event.correlationId && (
        <>
          <dt>{t('drawer.correlation')}</dt>
          <dd className={classes.code}>{event.correlationId}</dd>
        </>
      )}
      <dt>{t('drawer.eventId')}</dt>
      <dd className={classes.code}>{event.id}</dd>
    </dl>
  );
}
