// Runs the demo portal: npm start [-- owner | engineer | stranger]
import { startReceiver } from '../examples/receiver/startReceiver.mjs';
import { SetupError, main, say } from './lib/log.mjs';
import { DATA_DIR, fromRoot } from './lib/paths.mjs';
import {
  DEMO_USERS,
  portalEnvironment,
  sampleTime,
  seedSampleData,
  waitForBackend,
  waitForUrl,
} from './lib/portal.mjs';
import { assertPortsFree } from './lib/ports.mjs';
import { onTermination, start, stopAll } from './lib/processes.mjs';
import { setup } from './lib/setup.mjs';

const ports = {
  frontend: Number(process.env.FRONTEND_PORT || 3000),
  backend: Number(process.env.BACKEND_PORT || 7007),
  receiver: Number(process.env.RECEIVER_PORT || 7100),
  segment: Number(process.env.SEGMENT_PORT || 7099),
};

const STAND_IN = fromRoot('examples/segment/startTrackingApi.mjs');

function chooseUser(word = 'owner') {
  const user = DEMO_USERS[word];
  if (!user) {
    const words = Object.keys(DEMO_USERS).join(' or ');
    throw new SetupError(`No demo user "${word}": npm start -- ${words}`);
  }
  return user;
}

onTermination();
await main(async () => {
  const user = chooseUser(process.argv[2]);
  await assertPortsFree(ports);
  const { startYarn } = await setup();

  const appUrl = `http://localhost:${ports.frontend}`;
  const backendUrl = `http://localhost:${ports.backend}`;
  const segmentUrl = `http://127.0.0.1:${ports.segment}`;
  const receiver = await startReceiver({ port: ports.receiver, keep: 1_000 });
  const env = portalEnvironment({
    user,
    appUrl,
    backendUrl,
    dataDir: DATA_DIR,
    receiverUrl: receiver.url,
    segmentUrl,
  });
  say('Starting the stand-in for Segment');
  start(process.execPath, [STAND_IN], {
    env: {
      ...process.env,
      PORT: String(ports.segment),
      SAMPLE_NOW: sampleTime({ dataDir: DATA_DIR }).now,
    },
  });
  say('Starting backend and frontend');
  const backend = startYarn(['workspace', 'backend', 'start'], { env });
  const frontend = startYarn(['workspace', 'app', 'start'], { env });
  try {
    await waitForBackend(backend, backendUrl, { segment: true });
    await seedSampleData({ backendUrl, dataDir: DATA_DIR });
    await waitForUrl('The frontend', frontend, appUrl);
    say(`Ready: ${appUrl}/audit-trail`);
    say(`Where the trail is forwarded to: ${receiver.url}`);
    say(`Signed in by "Enter" as ${user.title}. Ctrl-C stops the portal.`);
    return await Promise.race([backend.exited, frontend.exited]);
  } finally {
    await stopAll();
    await receiver.close();
  }
});
