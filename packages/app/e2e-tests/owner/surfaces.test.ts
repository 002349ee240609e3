import { testSurfaces } from '../surfaces';

testSurfaces('owner');
