import { useState, type KeyboardEvent } from 'react';

/** Which bars somebody looks at or selects. */
export interface BarSelection {
  /** The bar under the pointer, or that the arrow keys have come to. */
  active?: number;
  /** Where a selection of several began. */
  anchor?: number;
  /** Whether the keyboard has led there. */
  byKeyboard: boolean;
}

const NONE: BarSelection = { byKeyboard: false };

/** Leads over bars and selects them, by keyboard or by pointer. */
export function useBarSelection(options: {
  /** How many bars there are. */
  count: number;
  /** Changes with the bars, which nobody has selected yet then. */
  bars: unknown;
  onZoom(one: number, other: number): void;
  onZoomOut?: () => void;
}) {
  const { count, bars, onZoom, onZoomOut } = options;
  const [state, setState] = useState({ bars, selection: NONE });
  // At once, and not only after other bars were drawn with a selection of those
  // before, of which there may be fewer now.
  const selection = state.bars === bars ? state.selection : NONE;
  const setSelection = (
    next: BarSelection | ((old: BarSelection) => BarSelection),
  ) =>
    setState(old => {
      const before = old.bars === bars ? old.selection : NONE;
      return {
        bars,
        selection: typeof next === 'function' ? next(before) : next,
      };
    });

  const clear = () => setSelection(NONE);
  const zoom = ({ active, anchor = active }: BarSelection) => {
    if (active !== undefined && anchor !== undefined && count > 1) {
      onZoom(anchor, active);
    }
  };

  const moveTo = (wanted: number, several: boolean) => {
    const active = Math.min(Math.max(wanted, 0), count - 1);
    setSelection(old => ({
      active,
      anchor: several ? old.anchor ?? old.active ?? active : undefined,
      byKeyboard: true,
    }));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || count === 0) {
      return;
    }
    const { active } = selection;
    const several = event.shiftKey;
    switch (event.key) {
      case 'ArrowRight':
        moveTo(active === undefined ? 0 : active + 1, several);
        break;
      case 'ArrowLeft':
        moveTo(active === undefined ? count - 1 : active - 1, several);
        break;
      case 'Home':
        moveTo(0, several);
        break;
      case 'End':
        moveTo(count - 1, several);
        break;
      case 'Enter':
        zoom(selection);
        break;
      case '-':
        onZoomOut?.();
        break;
      case 'Escape':
        if (active === undefined) {
          return;
        }
        clear();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    selection,
    clear,
    onKeyDown,
    /** The pointer is over a bar. */
    point: (active: number) =>
      setSelection(({ anchor, byKeyboard }) => ({
        active,
        anchor: byKeyboard ? undefined : anchor,
        byKeyboard: false,
      })),
    /** The pointer begins to select at a bar. */
    press: (active: number) =>
      setSelection({ active, anchor: active, byKeyboard: false }),
    /** The pointer has selected up to a bar. */
    release: (active: number) => {
      const { anchor, byKeyboard } = selection;
      clear();
      if (anchor !== undefined && !byKeyboard) {
        zoom({ active, anchor, byKeyboard: false });
      }
    },
  };
}
