import {
  auditTrailDeliveryRedrivePermission,
  auditTrailDestinationReadPermission,
  auditTrailDestinationUpdatePermission,
} from 'backstage-plugin-audit-trail-common';
import { EVERYTHING, type AuditEventCriteria } from '../../database/criteria';
import type { ReadAccess } from '../../permissions/ReadAccess';
import type { Destinations, DestinationsOptions } from './Destinations';

/** Lets Owners see after destinations, as far as the portal's policy allows. */
export class AuthorizedDestinations implements Destinations {
  readonly #inner: Destinations;
  readonly #access: ReadAccess;

  static create(options: {
    inner: Destinations;
    access: ReadAccess;
  }): AuthorizedDestinations {
    return new AuthorizedDestinations(options.inner, options.access);
  }

  private constructor(inner: Destinations, access: ReadAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  list: Destinations['list'] = async options => {
    await this.#access.assertOwner(
      auditTrailDestinationReadPermission,
      options.credentials,
    );
    return this.#inner.list(options);
  };

  update: Destinations['update'] = async (request, options) => {
    await this.#access.assertOwner(
      auditTrailDestinationUpdatePermission,
      options.credentials,
    );
    return this.#inner.update(request, options);
  };

  preview: Destinations['preview'] = async (request, options) => {
    await this.#access.assertOwner(
      auditTrailDestinationUpdatePermission,
      options.credentials,
    );
    const visible = await this.#visible(options);
    return visible
      ? this.#inner.preview({ ...request, visible }, options)
      : { totalItems: 0, totalItemsCapped: false };
  };

  test: Destinations['test'] = async (request, options) => {
    await this.#access.assertOwner(
      auditTrailDestinationUpdatePermission,
      options.credentials,
    );
    return this.#inner.test(request, options);
  };

  deliveries: Destinations['deliveries'] = async (query, options) => {
    await this.#access.assertOwner(
      auditTrailDestinationReadPermission,
      options.credentials,
    );
    const visible = await this.#visible(options);
    return visible
      ? this.#inner.deliveries({ ...query, visible }, options)
      : [];
  };

  redrive: Destinations['redrive'] = async (request, options) => {
    await this.#access.assertOwner(
      auditTrailDeliveryRedrivePermission,
      options.credentials,
    );
    const visible = await this.#visible(options);
    return visible ? this.#inner.redrive({ ...request, visible }, options) : 0;
  };

  /** What the caller may see of events; `undefined` is nothing. */
  async #visible({
    credentials,
  }: DestinationsOptions): Promise<AuditEventCriteria | undefined> {
    const decision = await this.#access.decide(credentials);
    if (decision === 'nothing') {
      return undefined;
    }
    return decision === 'everything' ? EVERYTHING : decision;
  }
}
