/** Common given names of many countries, without accents: what tells a first name from a last one where only values can. */
export const GIVEN_NAMES =
  // English
  'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew ' +
  'joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott ' +
  'brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter ' +
  'kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan ' +
  'billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny oliver ' +
  'mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna ' +
  'michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma ' +
  'nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia ' +
  'victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances ' +
  'kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie ' +
  'brittany charlotte marie kayla alexis lori anne bob bill tom jim mike dave dan steve chris matt tony joe sam ben nick alex greg fred ted ' +
  'ed tim jeff kate liz sue meg jane ellen claire lucy chloe sophie zoe ella mia ava lily ruby isla harry leo oscar alfie max liam luke ' +
  'fiona ian colin neil graham stuart nigel dana eve edwin cyrus amelia ' +
  // German, Dutch, Nordic
  'peter wolfgang klaus jurgen juergen dieter hans heinz gerhard werner helmut manfred uwe bernd rainer horst gunter guenter stefan andreas ' +
  'markus matthias ralf frank jorg joerg sven torsten thorsten dirk lars jens olaf holger karl otto fritz heinrich felix lukas jonas finn ' +
  'ursula monika petra sabine renate helga brigitte ingrid erika christa gisela susanne gabriele claudia birgit heike martina katharina ' +
  'anja silke nadine katrin kathrin kerstin jan piet kees johan pieter willem hendrik maarten jeroen bart sander annemiek marieke anneke ' +
  'femke sanne lotte erik anders nils mikael henrik bjorn ole kari astrid eva ida ingeborg solveig karin birgitta margareta annika ' +
  'lena sofia antti juha mika timo jukka mikko päivi paivi tuula ritva anneli aino ' +
  // French, Spanish, Portuguese, Italian
  'jean pierre michel andre philippe rene louis alain jacques bernard marcel claude francois nicolas laurent julien olivier thierry antoine ' +
  'guillaume mathieu nathalie isabelle sylvie catherine francoise monique sophie celine aurelie camille manon lea amelie elodie juliette ' +
  'antonio manuel jose francisco javier carlos miguel angel rafael pedro alejandro fernando pablo luis sergio jorge alberto diego alvaro ' +
  'raul enrique carmen josefa isabel dolores pilar teresa rosa cristina marta lucia elena mercedes paula beatriz ines joao paulo marcos ' +
  'lucas felipe bruno tiago rodrigo gustavo eduardo ana francisca adriana juliana fernanda patricia aline luiz marco giuseppe giovanni ' +
  'mario luigi francesco roberto salvatore giorgio andrea stefano paolo alessandro matteo lorenzo davide simone giulia chiara francesca ' +
  'valentina alessia martina federica silvia ' +
  // Polish, Czech, Russian, Ukrainian, Turkish, Romanian, Hungarian
  'jan andrzej piotr krzysztof stanislaw tomasz pawel marcin michal marek grzegorz lukasz adam agnieszka malgorzata katarzyna ewa krystyna ' +
  'joanna magdalena monika aleksandra jakub jiri josef pavel martin jaroslav tomas petr zdenek milan jana hana lenka lucie veronika ' +
  'ivan alexey aleksey sergey dmitry andrey mikhail vladimir igor oleg nikolay yuri olga natalia tatiana irina svetlana ekaterina yulia ' +
  'oleksandr andriy volodymyr mykola oksana mehmet mustafa ahmet ali huseyin hasan ibrahim murat emre fatma ayse emine hatice zeynep elif ' +
  'ion gheorghe andrei mihai ioana laszlo istvan zoltan gabor attila katalin zsuzsanna ' +
  'иван александр сергей дмитрий андрей алексей михаил владимир николай евгений павел анна мария елена ольга наталья ирина татьяна светлана ' +
  'екатерина юлия олег игорь виктор максим артем роман олександр андрій володимир микола оксана наталія ' +
  // Asia, Africa, the Arab world
  'mohammed muhammad mohamed ahmed omar khaled youssef fatima aisha mariam layla hassan hussein abdullah amir karim samir leila yasmin nour ' +
  'raj rahul amit sanjay vijay rajesh suresh ravi arjun rohan anil sunil priya anita sunita pooja neha deepa kavita aditya vikram ' +
  'wei li ming jing yan hiroshi takashi kenji yuki yuko akira haruto sakura naoko minh linh anh hieu maya chidi ngozi amara kwame';
