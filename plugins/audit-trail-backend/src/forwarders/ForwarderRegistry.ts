import type {
  AuditTrailForwardingExtensionPoint,
  ForwarderFactory,
} from 'backstage-plugin-audit-trail-node';

/** Kinds of destinations that modules add. */
export class ForwarderRegistry implements AuditTrailForwardingExtensionPoint {
  readonly factories: ForwarderFactory[] = [];

  addForwarder(factory: ForwarderFactory): void {
    if (this.factories.some(({ type }) => type === factory.type)) {
      throw new Error(`There is a forwarder for "${factory.type}" already`);
    }
    this.factories.push(factory);
  }
}
