import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered here, which takes its time on a busy machine.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });

// What one test lets the page remember is not for the next.
afterEach(() => window.localStorage.clear());
