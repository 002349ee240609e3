import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, InputError, toError } from '@backstage/errors';
import type {
  HttpIntake,
  HttpIntakeRequest,
  HttpIntakeResult,
} from 'backstage-plugin-audit-trail-node';
import { isForwardedByTrail } from '../forwarding/ownProperties';
import { isPermissionCheck, mapDelivery } from './mapDelivery';
import { isSignedBy } from './signature';

interface SegmentWebhookIntakeOptions {
  secret?: string;
  keepReads: boolean;
}

/**
 * Takes what Segment's Webhooks destination delivers: one forwarded audit
 * event, or an array of them, signed with the destination's shared secret.
 *
 * @remarks
 *
 * Of an array Segment signs the first event only. The others are taken on the
 * word of the connection, which therefore has to be TLS.
 */
export class SegmentWebhookIntake implements HttpIntake {
  readonly id = 'segment-webhook';
  readonly source = 'segment';
  readonly path = 'segment';
  readonly #options: SegmentWebhookIntakeOptions;

  static fromConfig(
    config: RootConfigService,
    { logger }: { logger: LoggerService },
  ): SegmentWebhookIntake {
    const segment = config.getOptionalConfig('auditTrail.intake.segment');
    const secret = segment?.getOptionalString('secret');
    if (!secret) {
      logger.warn(
        'Segment deliveries are refused: auditTrail.intake.segment.secret is not configured',
      );
    }
    return new SegmentWebhookIntake({
      secret,
      keepReads: segment?.getOptionalBoolean('keepReads') ?? false,
    });
  }

  private constructor(options: SegmentWebhookIntakeOptions) {
    this.#options = options;
  }

  checkHeaders(headers: HttpIntakeRequest['headers']): void {
    this.#proof(headers);
  }

  async receive(request: HttpIntakeRequest): Promise<HttpIntakeResult> {
    const proof = this.#proof(request.headers);
    if (!isSignedBy({ ...proof, body: request.body })) {
      throw new AuthenticationError(
        'X-Signature: does not match the body; the shared secret of the Webhooks destination in Segment differs from auditTrail.intake.segment.secret',
      );
    }
    const body = parseJson(request.body);
    const deliveries = Array.isArray(body) ? body : [body];
    const events: HttpIntakeResult['events'] = [];
    const faults: string[] = [];
    const dropped: Record<string, number> = {};
    deliveries.forEach((delivery, index) => {
      const reason = this.#reasonToDrop(delivery);
      if (reason) {
        dropped[reason] = (dropped[reason] ?? 0) + 1;
        return;
      }
      const place = Array.isArray(body) ? `[${index}]` : '';
      try {
        events.push({ place, event: mapDelivery(delivery, place) });
      } catch (error) {
        faults.push(toError(error).message);
      }
    });
    return { events, faults, dropped };
  }

  /** Why a delivery is not kept, if it is not. */
  #reasonToDrop(delivery: unknown): string | undefined {
    // It comes back from a source that a trail forwards to, and is stored.
    if (isForwardedByTrail(delivery)) {
      return 'forwarded-by-us';
    }
    return isPermissionCheck(delivery) && !this.#options.keepReads
      ? 'permission-check'
      : undefined;
  }

  #proof(headers: HttpIntakeRequest['headers']) {
    const { secret } = this.#options;
    if (!secret) {
      throw new AuthenticationError(
        'Segment deliveries are refused: auditTrail.intake.segment.secret is not configured',
      );
    }
    const signature = headers['x-signature'];
    if (typeof signature !== 'string' || !signature) {
      throw new AuthenticationError(
        'X-Signature: missing; set the shared secret in the settings of the Webhooks destination in Segment',
      );
    }
    return { secret, signature };
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // Without the cause, which quotes what was sent.
    throw new InputError('The body is not valid JSON');
  }
}
