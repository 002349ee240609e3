import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Skeleton from '@material-ui/lab/Skeleton';
import { useTableStyles } from './useTableStyles';

const WIDTHS = ['62%', '48%', '70%', '55%'];

/** Rows of the real height where events are on their way. */
export function SkeletonRows(props: {
  rows: number;
  columns: number;
  compact: boolean;
  dense: boolean;
}) {
  const { rows, columns, compact, dense } = props;
  const classes = useTableStyles();
  return (
    <>
      {Array.from({ length: rows }, (_, row) => (
        <TableRow
          key={row}
          data-testid="skeleton-row"
          className={[
            classes.row,
            compact && classes.compactRow,
            !compact && dense && classes.denseRow,
          ]
            .filter(Boolean)
            .join(' ')}
        >
          {Array.from({ length: columns }, (__, column) => (
            <TableCell key={column} className={classes.cell}>
              <Skeleton width={WIDTHS[(row + column) % WIDTHS.length]} />
              {compact && (
                <Skeleton width={WIDTHS[(row + 1) % WIDTHS.length]} />
              )}
            </TableCell>
          ))}
        </TableRow>
      ))}
    </>
  );
}
