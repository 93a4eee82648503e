import { whatModelsSee } from '../testing/what-models-see.ts';

whatModelsSee('the embedded engine');
