import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered here, which takes its time on a busy machine.
jest.setTimeout(400_000);
configure({ asyncUtilTimeout: 90_000 });
