import Button from '@material-ui/core/Button';
import { useEffect, useState, type ReactNode } from 'react';

/** Puts a text on the clipboard and says so. */
export function CopyButton(props: {
  text: string;
  icon: ReactNode;
  children: string;
}) {
  const [said, setSaid] = useState<string>();

  useEffect(() => {
    if (!said) {
      return undefined;
    }
    const timer = setTimeout(() => setSaid(undefined), 2_000);
    return () => clearTimeout(timer);
  }, [said]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setSaid('Copied');
    } catch {
      setSaid('Could not copy');
    }
  };
  return (
    <Button
      size="small"
      variant="outlined"
      startIcon={props.icon}
      onClick={copy}
    >
      <span aria-live="polite">{said ?? props.children}</span>
    </Button>
  );
}
