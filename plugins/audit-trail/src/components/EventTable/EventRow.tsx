import ButtonBase from '@material-ui/core/ButtonBase';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import { Fragment, memo, useState, type ReactNode } from 'react';
import { useTranslation } from '../../hooks';
import type { FilterField } from '../../model/activeFilters';
import {
  actorName,
  categoryLabel,
  outcomeLabel,
  resourceName,
  sourceLabel,
  viaLabel,
} from '../../model/labels';
import type { TableColumn } from '../../model/tableColumns';
import { shortTime, type TimeZone } from '../../model/times';
import {
  ActorIcon,
  EventTime,
  HarmfulIcon,
  NarrowActions,
  TimeText,
  type OnNarrow,
} from '../EventParts';
import { useTableStyles } from './useTableStyles';

/** How much room there is for a row. */
export type RowLayout = 'compact' | 'medium' | 'wide' | 'widest';

/** Properties of {@link EventRow}. */
export interface EventRowProps {
  event: AuditEvent;
  layout: RowLayout;
  now: number;
  zone: TimeZone;
  /** Whether it stands in the drawer at the moment. */
  opened: boolean;
  /** Whether it is the row that the tab key leads to. */
  current: boolean;
  columns: readonly TableColumn[];
  dense: boolean;
  onOpen(id: string): void;
  onFocus(id: string): void;
  onNarrow: OnNarrow;
}

function ActorCell(props: { event: AuditEvent }) {
  const { actor } = props.event;
  const classes = useTableStyles();
  return (
    <div className={classes.line}>
      <ActorIcon type={actor.type} />
      <span
        className={classes.text}
        title={[actor.name, actor.email, actor.id].filter(Boolean).join('\n')}
      >
        {actorName(actor)}
      </span>
    </div>
  );
}

function ResourceName(props: { event: AuditEvent; current: boolean }) {
  const { resource } = props.event;
  const classes = useTableStyles();
  const title = `${resource.type} ${resource.id}`;
  return resource.entityRef ? (
    <span className={classes.text} title={title}>
      <EntityRefLink
        entityRef={resource.entityRef}
        disableTooltip
        tabIndex={props.current ? 0 : -1}
        onClick={event => event.stopPropagation()}
      >
        {resourceName(resource)}
      </EntityRefLink>
    </span>
  ) : (
    <span className={classes.text} title={title}>
      {resourceName(resource)}
    </span>
  );
}

function Row(props: EventRowProps) {
  const { event, layout, now, zone, opened, current, onNarrow } = props;
  const classes = useTableStyles();
  const { t } = useTranslation();
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  // What narrows the list is there for who points at the row, or is in it.
  const active = hovered || focused;
  const compact = layout === 'compact';

  const open = (
    <ButtonBase
      className={classes.open}
      data-audit-trail-row={event.id}
      tabIndex={current ? 0 : -1}
      aria-haspopup="dialog"
      onFocus={() => props.onFocus(event.id)}
      onClick={click => {
        click.stopPropagation();
        props.onOpen(event.id);
      }}
    >
      <span className={classes.text} title={event.type}>
        {event.label}
      </span>
    </ButtonBase>
  );

  const cell = (
    content: ReactNode,
    narrow?: { field: FilterField; value: string; label: string },
  ) => (
    <TableCell className={classes.cell}>
      {content}
      {active && narrow && (
        <div className={classes.actions}>
          <NarrowActions {...narrow} onNarrow={onNarrow} focusable={focused} />
        </div>
      )}
    </TableCell>
  );

  const quiet = (text: string) => (
    <div className={`${classes.line} ${classes.quiet}`}>
      <span className={classes.text} title={text}>
        {text}
      </span>
    </div>
  );
  const cells: Record<TableColumn, () => ReactNode> = {
    actor: () =>
      cell(<ActorCell event={event} />, {
        field: 'actors',
        value: event.actor.id,
        label: actorName(event.actor),
      }),
    resource: () =>
      cell(
        <div className={classes.line}>
          <ResourceName event={event} current={current} />
        </div>,
        {
          field: 'resources',
          value: event.resource.key,
          label: resourceName(event.resource),
        },
      ),
    workspace: () =>
      cell(quiet(event.workspace), {
        field: 'workspaces',
        value: event.workspace,
        label: event.workspace,
      }),
    outcome: () =>
      cell(quiet(outcomeLabel(t, event.outcome)), {
        field: 'outcomes',
        value: event.outcome,
        label: outcomeLabel(t, event.outcome),
      }),
    via: () =>
      cell(quiet(viaLabel(t, event)), {
        field: 'sources',
        value: event.source,
        label: sourceLabel(t, event.source),
      }),
  };

  const edge = event.harmful ? classes.harmful : '';
  return (
    <TableRow
      className={[
        classes.row,
        compact && classes.compactRow,
        !compact && props.dense && classes.denseRow,
        opened && classes.opened,
      ]
        .filter(Boolean)
        .join(' ')}
      onClick={() => {
        if (window.getSelection()?.type === 'Range') {
          // They have marked some text, to copy it.
          return;
        }
        props.onFocus(event.id);
        props.onOpen(event.id);
      }}
      onFocus={() => setFocused(true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        // On the way to what narrows the list it stays there.
        if (!currentTarget.contains(relatedTarget)) {
          setFocused(false);
        }
      }}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
    >
      {compact ? (
        <TableCell className={`${classes.cell} ${edge}`}>
          <div className={classes.line}>
            {event.harmful && <HarmfulIcon />}
            {open}
            <span className={classes.exact}>
              <EventTime time={event.occurredAt} now={now} zone={zone} />
            </span>
          </div>
          <div className={`${classes.line} ${classes.quiet}`}>
            <div className={classes.compactActor}>
              <ActorCell event={event} />
            </div>
            <span aria-hidden>·</span>
            <ResourceName event={event} current={current} />
          </div>
        </TableCell>
      ) : (
        <>
          {cell(
            <div className={classes.line}>
              <EventTime
                time={event.occurredAt}
                now={now}
                zone={layout === 'widest' ? undefined : zone}
              />
              {layout === 'widest' && (
                <TimeText
                  className={classes.exact}
                  time={event.occurredAt}
                  now={now}
                >
                  {shortTime(t, event.occurredAt, zone, now)}
                </TimeText>
              )}
            </div>,
          )}
          <TableCell className={`${classes.cell} ${edge}`}>
            <div className={classes.roomy}>
              <div className={`${classes.line} ${classes.first}`}>
                {event.harmful && <HarmfulIcon />}
                {open}
              </div>
              {layout !== 'medium' && (
                <span className={classes.category}>
                  {categoryLabel(t, event.category)}
                </span>
              )}
            </div>
            {active && (
              <div className={classes.actions}>
                <NarrowActions
                  field="types"
                  value={event.type}
                  label={event.label}
                  onNarrow={onNarrow}
                  focusable={focused}
                />
              </div>
            )}
          </TableCell>
          {props.columns.map(column => (
            <Fragment key={column}>{cells[column]()}</Fragment>
          ))}
        </>
      )}
    </TableRow>
  );
}

/**
 * One event in the table: one line, or two where there is little room. It is
 * rendered for what is its own only, as there are many of them and the page
 * changes often while it loads.
 */
export const EventRow = memo(Row);
