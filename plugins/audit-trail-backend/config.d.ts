import type { HumanDuration } from '@backstage/types';

export interface Config {
  auditTrail?: {
    /**
     * Who sees the whole trail: users and groups, as entity refs. While no one
     * is listed, no one is Owner.
     */
    owners?: string[];
    /**
     * Who decides what is seen.
     *
     * - `owners` (the default): Owners see everything and everyone else the
     *   events of what they own; the portal's permission policy can narrow
     *   that further.
     * - `policy`: the portal's permission policy alone; beside Backstage's
     *   allow-all policy that is everyone. While permissions are disabled in
     *   the portal, this is the same as `owners`.
     */
    access?: 'owners' | 'policy';

    /**
     * How long events are kept, by when they happened: a duration of a day or
     * more, or `false` for ever; 90 days by default. What is older is removed,
     * once it is delivered.
     */
    retention?: HumanDuration | string | false;
    /** How many events are kept, the newest; any number by default. */
    maxEvents?: number;

    /**
     * Requests of one caller that one replica answers within a minute; more
     * are refused with 429 and a Retry-After header.
     */
    rateLimits?: {
      /** Requests that read the trail; 600 by default. */
      reads?: number;
      /** Exports; 10 by default. */
      exports?: number;
      /** Exports that run at once; 2 by default. */
      exportsAtOnce?: number;
      /** Batches of events that a service records; 6,000 by default. */
      batches?: number;
    };

    /** Which keys name secrets, beside those that are known. */
    redaction?: {
      /**
       * Further keys, or parts of keys, of one to four words in any spelling:
       * `partnerCode` is `partner_code`, too.
       */
      keys?: string[];
      /** Keys that name no secret, whatever words they have. */
      allow?: string[];
    };

    segment?: {
      /** Workspaces of Segment, for links into its app. */
      workspaces?: Array<{
        /** Slug of the workspace, as it stands in addresses of the Segment app. */
        slug: string;
        /** Its id, as events have it; needed if there are several. */
        id?: string;
        /** Region of the workspace: `us` (the default) or `eu`. */
        region?: string;
      }>;
    };

    forwarding?: {
      /**
       * Hosts that destinations may be at, beside those that a kind of
       * destination knows by itself; `*.example.com` allows all below a domain.
       */
      allowedHosts?: string[];
      /** Where the trail goes, by ids that stay the same. */
      destinations?: {
        [id: string]: {
          /**
           * Kind of destination: `slack`, `webhook`, `notifications`, or what a
           * module adds, such as `segment-source`.
           */
          type: string;
          /** Name for people; the id if left out. */
          title?: string;
          /** Whether it starts switched on; true by default. */
          enabled?: boolean;
          /**
           * Which events go there until an Owner sets another filter, in the
           * words of the API's query parameters. By default everything but who
           * looked at the trail.
           */
          filter?: {
            [parameter: string]: string | boolean | string[];
          };
          /**
           * How long a failed run is kept back, in case one of the same thing
           * succeeds; in minutes, 0 by default.
           */
          holdFailuresMinutes?: number;
          /**
           * How long an event that fails alone is tried before it is given up;
           * a day by default.
           */
          giveUpAfter?: HumanDuration | string;
          /** Events of one call; the default depends on the type. */
          maxEvents?: number;
          /**
           * `slack`, `notifications`: shortest time between two calls, in
           * milliseconds; 1,000 and 5,000 by default.
           */
          minIntervalMs?: number;
          /**
           * `slack`, `webhook`: whether the address may be a private one.
           */
          allowPrivateAddresses?: boolean;
          /**
           * `slack`: the incoming webhook.
           *
           * @visibility secret
           */
          webhookUrl?: string;
          /**
           * `slack`: `buttons` (the default) or `text`, for an app that answers no
           * clicks: beside a button of such an app Slack shows a warning.
           */
          links?: string;
          /** `notifications`: `owners` of what is concerned, or entity refs. */
          recipients?: string | string[];
          /**
           * `webhook`: where events are posted to.
           *
           * @visibility secret
           */
          url?: string;
          /** `webhook`: `json` (the default), `ndjson` or `cloudevents`. */
          format?: string;
          /**
           * `webhook`: keys to sign with, `whsec_` and base64; the first is the
           * newest.
           *
           * @deepVisibility secret
           */
          secrets?: string[];
          /**
           * `webhook`: further headers.
           *
           * @deepVisibility secret
           */
          headers?: { [name: string]: string };
        };
      };
    };
  };
}
