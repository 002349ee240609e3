import type { AuditEventHistogram } from 'backstage-plugin-audit-trail-common';
import { useTranslation, useWhenIdle } from '../../hooks';
import { categoryCounts, histogramSentence } from '../../model/histogram';
import { bucketTime } from '../../model/histogramTimes';
import { numberLabel } from '../../model/labels';
import { useHiddenStyles } from './useHiddenStyles';

/**
 * The chart for those who do not see it: what it shows, in a table. To write that
 * takes longer than to draw the chart, so it comes when nobody waits for anything.
 */
export function HistogramTable(props: { histogram: AuditEventHistogram }) {
  const { histogram } = props;
  const { hidden } = useHiddenStyles();
  const { t } = useTranslation();
  const idle = useWhenIdle(true);
  if (!idle) {
    return null;
  }
  return (
    <div className={hidden}>
      <table>
        <caption>{histogramSentence(t, histogram)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.tableTime')}</th>
            <th scope="col">{t('chart.tableEvents')}</th>
            <th scope="col">{t('chart.tableHarmful')}</th>
            <th scope="col">{t('chart.tableAreas')}</th>
          </tr>
        </thead>
        <tbody>
          {histogram.buckets
            .filter(({ total }) => total > 0)
            .map(bucket => (
              <tr key={bucket.from}>
                <th scope="row">{bucketTime(t, histogram, bucket)}</th>
                <td>{numberLabel(t, bucket.total)}</td>
                <td>{numberLabel(t, bucket.harmful)}</td>
                <td>
                  {categoryCounts(t, bucket)
                    .map(({ text }) => text)
                    .join(', ')}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
