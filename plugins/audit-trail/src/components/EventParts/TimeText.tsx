import { useState, type ReactNode } from 'react';
import { useTranslation } from '../../hooks';
import { timeTooltip } from '../../model/times';

/**
 * A time in some words, which stands in full in the tooltip. That is written once
 * somebody points at it: for all rows of a table at once it takes too long.
 */
export function TimeText(props: {
  time: string;
  now: number;
  className?: string;
  children: ReactNode;
}) {
  const { time, now, className, children } = props;
  const { t } = useTranslation();
  const [pointedAt, setPointedAt] = useState(false);
  return (
    <time
      className={className}
      dateTime={time}
      title={pointedAt ? timeTooltip(t, time, now) : undefined}
      onMouseEnter={() => setPointedAt(true)}
    >
      {children}
    </time>
  );
}
