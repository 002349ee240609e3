import { testSurfaces } from '../surfaces';

testSurfaces('stranger');
