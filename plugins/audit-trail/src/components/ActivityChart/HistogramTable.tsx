import type { AuditEventHistogram } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { categoryCounts, histogramSentence } from '../../model/histogram';
import { bucketTime } from '../../model/histogramTimes';
import { numberLabel } from '../../model/labels';
import { useHiddenStyles } from './useHiddenStyles';

/** The chart for those who do not see it: what it shows, in a table. */
export function HistogramTable(props: { histogram: AuditEventHistogram }) {
  const { histogram } = props;
  const { hidden } = useHiddenStyles();
  const { t } = useTranslation();
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
