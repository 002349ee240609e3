import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import type { Theme } from '@material-ui/core/styles';
import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { useTranslation, type TableSettings } from '../../hooks';
import type { TableColumn } from '../../model/tableColumns';
import type { TimeZone } from '../../model/times';
import type { OnNarrow } from '../EventParts';
import { EventRow, type RowLayout } from './EventRow';
import { SkeletonRows } from './SkeletonRows';
import { useTableStyles } from './useTableStyles';

function useRowLayout(): RowLayout {
  const compact = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const medium = useMediaQuery<Theme>(theme => theme.breakpoints.down('md'));
  const wide = useMediaQuery('(max-width: 1599.95px)');
  if (compact) {
    return 'compact';
  }
  if (medium) {
    return 'medium';
  }
  return wide ? 'wide' : 'widest';
}

/** The columns that there is room for on a tablet. */
const NARROW_COLUMNS: readonly TableColumn[] = ['actor', 'resource'];

/** Rows that come first; hardly a screen shows more. */
const FIRST_ROWS = 20;

/**
 * Events to show by now: when the first come, those that are in sight before the
 * others, and before what else the page still has to show.
 */
function useFirstInSight(
  events: readonly AuditEvent[] | undefined,
): readonly AuditEvent[] | undefined {
  const before = useDeferredValue(events);
  return useMemo(
    () => (before ? events : events?.slice(0, FIRST_ROWS)),
    [before, events],
  );
}

/** How many columns there are that leave the event its room. */
const MAX_ROOMY_COLUMNS = 3;

/** Which row a key leads to from another; `undefined` if to none. */
function targetRow(key: string, row: number, rows: number) {
  switch (key) {
    case 'ArrowDown':
      return Math.min(row + 1, rows - 1);
    case 'ArrowUp':
      return Math.max(row - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return undefined;
  }
}

/** What opens the events, row by row. */
function rowButtons(table: HTMLElement | null): HTMLElement[] {
  return [
    ...(table?.querySelectorAll<HTMLElement>('[data-audit-trail-row]') ?? []),
  ];
}

/**
 * The events of one page. The tab key leads to one row, arrows from there to
 * the others, Enter opens.
 */
export function EventTable(props: {
  /** `undefined` while the first events are on their way. */
  events: readonly AuditEvent[] | undefined;
  /** How many skeleton rows stand for events on their way. */
  skeletonRows: number;
  order: 'asc' | 'desc';
  settings: Pick<TableSettings, 'columns' | 'density'>;
  now: number;
  zone: TimeZone;
  /** Id of the event in the drawer. */
  openedEvent?: string;
  onSort(order: 'asc' | 'desc'): void;
  onOpen(id: string): void;
  onNarrow: OnNarrow;
}) {
  const { events, order, now, zone, openedEvent, onOpen, onNarrow } = props;
  const classes = useTableStyles();
  const { t } = useTranslation();
  const layout = useRowLayout();
  const table = useRef<HTMLTableElement>(null);
  const shown = useFirstInSight(events);
  const [currentId, setCurrentId] = useState<string>();
  const found = events?.findIndex(event => event.id === currentId) ?? -1;
  const current = Math.max(found, 0);

  // Whoever closes the drawer goes on from the event that it showed last.
  const openedRef = useRef(openedEvent);
  useEffect(() => {
    const closed = openedEvent ? undefined : openedRef.current;
    openedRef.current = openedEvent;
    if (closed) {
      const row = rowButtons(table.current).find(
        button => button.dataset.auditTrailRow === closed,
      );
      (row ?? table.current)?.focus();
    }
  }, [openedEvent]);

  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = rowButtons(table.current);
    const row = buttons.findIndex(button => button === event.target);
    const target =
      row < 0 ? undefined : targetRow(event.key, row, buttons.length);
    if (target !== undefined) {
      event.preventDefault();
      buttons[target].focus();
    }
  };

  const when = (
    <TableCell
      className={[
        classes.head,
        layout !== 'compact' &&
          (layout === 'widest' ? classes.whenWide : classes.when),
      ]
        .filter(Boolean)
        .join(' ')}
      sortDirection={order}
    >
      <TableSortLabel
        active
        direction={order}
        title={
          order === 'desc' ? t('table.newestFirst') : t('table.oldestFirst')
        }
        onClick={() => props.onSort(order === 'desc' ? 'asc' : 'desc')}
      >
        {t('table.when')}
      </TableSortLabel>
    </TableCell>
  );

  const dense = props.settings.density === 'dense';
  // Where there is little room, what is needed less often gives way.
  const { columns: chosen } = props.settings;
  const columns = useMemo(
    () =>
      chosen.filter(
        column => layout !== 'medium' || NARROW_COLUMNS.includes(column),
      ),
    [chosen, layout],
  );
  return (
    <Table
      ref={table}
      tabIndex={-1}
      className={`${classes.table} ${
        layout !== 'widest' && columns.length > MAX_ROOMY_COLUMNS
          ? classes.crowded
          : ''
      }`}
      size="small"
      aria-label={t('table.label')}
      aria-busy={!events || shown?.length !== events.length}
    >
      <TableHead>
        <TableRow>
          {when}
          {layout !== 'compact' && (
            <>
              <TableCell className={classes.head}>{t('table.event')}</TableCell>
              {columns.map(column => (
                <TableCell
                  key={column}
                  className={`${classes.head} ${classes[column]}`}
                >
                  {t(`table.${column}`)}
                </TableCell>
              ))}
            </>
          )}
        </TableRow>
      </TableHead>
      <TableBody onKeyDown={onKeyDown}>
        {shown ? (
          shown.map((event, index) => (
            <EventRow
              key={event.id}
              event={event}
              layout={layout}
              now={now}
              zone={zone}
              columns={columns}
              dense={dense}
              opened={event.id === openedEvent}
              current={index === current}
              onOpen={onOpen}
              onFocus={setCurrentId}
              onNarrow={onNarrow}
            />
          ))
        ) : (
          <SkeletonRows
            rows={props.skeletonRows}
            columns={layout === 'compact' ? 1 : columns.length + 2}
            dense={dense}
            compact={layout === 'compact'}
          />
        )}
      </TableBody>
    </Table>
  );
}
