import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

const PARAM = 'dead-letters';

/** What of the destinations is unfolded; it stands in the URL. */
export interface ForwardingUrl {
  /** Id of the destination whose dead letters are shown. */
  deadLetters?: string;
  showDeadLetters(destination: string | undefined): void;
}

/** A link and the back button lead to the same dead letters. */
export function useForwardingUrl(): ForwardingUrl {
  const { search } = useLocation();
  const navigate = useNavigate();
  const showDeadLetters = useCallback(
    (destination: string | undefined) => {
      const params = new URLSearchParams(search);
      params.delete(PARAM);
      if (destination) {
        params.set(PARAM, destination);
      }
      navigate({ search: params.toString() }, { replace: true });
    },
    [navigate, search],
  );
  return {
    deadLetters: new URLSearchParams(search).get(PARAM) ?? undefined,
    showDeadLetters,
  };
}
