import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import NotInterestedIcon from '@material-ui/icons/NotInterested';
import { useTranslation } from '../../hooks';
import { OTHER_CATEGORIES, type HistogramSeries } from '../../model/histogram';
import { categoryColour } from '../../model/histogramColours';
import { numberLabel } from '../../model/labels';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 0.5),
      minHeight: 28,
      listStyle: 'none',
      margin: 0,
      padding: 0,
      paddingLeft: theme.spacing(1.5),
    },
    item: {
      display: 'flex',
      alignItems: 'center',
      '&:hover $not, &:focus-within $not': { opacity: 1 },
    },
    only: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      padding: theme.spacing(0.5, 0.75),
      borderRadius: theme.shape.borderRadius,
      fontSize: '0.8125rem',
      lineHeight: 1.4,
      '&:hover, &:focus-visible': {
        backgroundColor: theme.palette.action.hover,
      },
      '&[aria-pressed=true]': {
        backgroundColor: theme.palette.action.selected,
      },
    },
    swatch: { width: 10, height: 10, borderRadius: 2, flexShrink: 0 },
    count: { color: theme.palette.text.secondary },
    not: {
      padding: 3,
      borderRadius: theme.shape.borderRadius,
      color: theme.palette.text.secondary,
      opacity: 0,
      '&:hover, &:focus-visible': {
        color: theme.palette.text.primary,
        backgroundColor: theme.palette.action.selected,
      },
      '@media (hover: none)': { opacity: 1 },
      '& svg': { fontSize: '1rem' },
    },
  }),
  { name: 'AuditTrailChartLegend' },
);

/** Which colour is which area; a click shows it alone, or all but it. */
export function ChartLegend(props: {
  series: HistogramSeries[];
  /** Areas that the filter asks for. */
  chosen: readonly string[];
  onOnly(category: string | undefined): void;
  onNot(category: string): void;
}) {
  const { series, chosen, onOnly, onNot } = props;
  const classes = useStyles();
  const { palette } = useTheme();
  const { t } = useTranslation();
  return (
    <ul className={classes.root} aria-label={t('chart.legend')}>
      {series.map(({ id, label, total }) => {
        const words = (
          <>
            <span
              className={classes.swatch}
              style={{ backgroundColor: categoryColour(id, palette.type) }}
            />
            {label}
            <span className={classes.count}>{numberLabel(t, total)}</span>
          </>
        );
        const pressed = chosen.length === 1 && chosen[0] === id;
        return (
          <li key={id} className={classes.item}>
            {id === OTHER_CATEGORIES ? (
              <span className={classes.only}>{words}</span>
            ) : (
              <>
                <ButtonBase
                  className={classes.only}
                  aria-pressed={pressed}
                  title={t('narrow.onlyLabel', { label })}
                  onClick={() => onOnly(pressed ? undefined : id)}
                >
                  {words}
                </ButtonBase>
                {!pressed && (
                  <ButtonBase
                    className={classes.not}
                    title={t('narrow.notLabel', { label })}
                    aria-label={t('narrow.notLabel', { label })}
                    onClick={() => onNot(id)}
                  >
                    <NotInterestedIcon />
                  </ButtonBase>
                )}
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
