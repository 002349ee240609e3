import Typography from '@material-ui/core/Typography';
import { useCoverage, useNow, useTranslation } from '../../hooks';
import { coverageLines } from '../../model/coverageLabels';
import type { TimeZone } from '../../model/times';

/**
 * Whether what is shown is everything: since when the trail is complete, and
 * which gaps there are. Nothing where nothing is known of that.
 */
export function CoverageLine(props: {
  zone: TimeZone;
  /** Asks again whenever it changes. */
  asked?: unknown;
}) {
  const { zone, asked } = props;
  const { t } = useTranslation();
  const now = useNow();
  const { value } = useCoverage(asked);
  const lines = coverageLines(t, value?.items ?? [], { zone, now });
  return (
    <>
      {lines.map(line => (
        <Typography key={line} variant="body2" color="textSecondary">
          {line}
        </Typography>
      ))}
    </>
  );
}
