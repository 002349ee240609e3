import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type AuditorService,
  type LoggerService,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import auditTrailAuditor from '../auditor';

jest.setTimeout(120_000);

type Line = [level: string, bound: object, ...args: unknown[]];

function recordingLogger(lines: Line[], bound: object = {}): LoggerService {
  const write =
    (level: string) =>
    (...args: unknown[]) => {
      lines.push([level, bound, ...args]);
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: meta => recordingLogger(lines, { ...bound, ...meta }),
  };
}

/** What a plugin's use of an auditor leaves in the log. */
async function linesOf(factory: ServiceFactory, config: object) {
  const lines: Line[] = [];
  let auditor: AuditorService;
  const plugin = createBackendPlugin({
    pluginId: 'deploys',
    register(env) {
      env.registerInit({
        deps: { auditor: coreServices.auditor },
        async init(deps) {
          auditor = deps.auditor;
        },
      });
    },
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'auditor-log-'));
  const backend = await startTestBackend({
    features: [
      plugin,
      factory,
      mockServices.rootConfig.factory({
        data: {
          backend: config,
          auditTrail: { auditor: { spool: { directory: folder } } },
        },
      }),
      createServiceFactory({
        service: coreServices.logger,
        deps: {},
        factory: () => recordingLogger(lines),
      }),
    ],
  });
  const request = (authorization: string) =>
    ({
      headers: { authorization },
      ip: '10.0.0.1',
      hostname: 'portal',
      originalUrl: '/api/deploys/rollbacks?token=x',
      method: 'POST',
      get: (name: string) => `the ${name}`,
    } as never);
  await (
    await auditor!.createEvent({ eventId: 'sync', severityLevel: 'medium' })
  ).success();
  const event = await auditor!.createEvent({
    eventId: 'roll-back',
    severityLevel: 'high',
    request: request('Bearer mock-user-token'),
    meta: { a: 1, b: 1 },
  });
  await event.success({ meta: { b: 2 } });
  const failing = await auditor!.createEvent({
    eventId: 'look',
    request: request('Bearer mock-service-token'),
  });
  await failing.fail({ error: new Error('no'), meta: { c: 3 } });
  const refused = await auditor!
    .createEvent({ eventId: 'look', request: request('Bearer nonsense') })
    .catch(error => String(error));
  await backend.stop();
  return {
    refused,
    lines: lines.filter(([, bound]) => 'isAuditEvent' in bound),
  };
}

describe('the log of the auditor', () => {
  it.each([
    {},
    { auditor: { severityLogLevelMappings: { low: 'warn', high: 'error' } } },
  ])('is that of Backstage’s own auditor, with %j', async config => {
    const own = await linesOf(auditorServiceFactory, config);
    const ours = await linesOf(auditTrailAuditor, config);
    expect(own.lines).toHaveLength(6);
    expect(ours).toEqual(own);
  });

  it('refuses a level that there is not', async () => {
    const config = { auditor: { severityLogLevelMappings: { low: 'loud' } } };
    await expect(linesOf(auditTrailAuditor, config)).rejects.toThrow(
      /severityLogLevelMappings\.low/,
    );
  });
});
