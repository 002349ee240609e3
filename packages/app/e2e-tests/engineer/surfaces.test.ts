import { testSurfaces } from '../surfaces';

testSurfaces('engineer');
