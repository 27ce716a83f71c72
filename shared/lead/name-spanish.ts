import { foldText } from './text.ts';

/** Common first surnames of Spain and Latin America that do not end in -ez and are no given names. */
const SURNAMES = new Set(
  (
    'garcia moreno munoz alonso romero navarro torres ramos serrano blanco molina morales ortega castro ortiz rubio marin sanz iglesias medina garrido ' +
    'castillo lozano guerrero cano prieto calvo cruz gallego herrera pena flores cabrera campos vega fuentes carrasco caballero aguilar herrero vargas ' +
    'mendoza guzman rojas rivera contreras soto espinoza espinosa salazar acosta figueroa valencia miranda cordero pascual crespo lorca quintero'
  ).split(' '),
);
/** "Pérez", "Rodríguez", "Álvarez": son of. Shorter words ("Inez") are given names. */
const SON_OF = /^\p{L}{3,}ez$/u;

/** Says whether a word before the last one is the first of two Spanish surnames: "Juan Pérez Gómez", "Ana García López". */
export function isFirstSurname(word: string): boolean {
  const plain = foldText(word);
  return SURNAMES.has(plain) || SON_OF.test(plain);
}
