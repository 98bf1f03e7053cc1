"""The accounts of the demo: who they are and what became of them.

One line each: name | town | sector | what became of it. The last is ``KIND numbers``, optionally with
``@YEARS:REVENUE`` (client since so many years, with that yearly revenue before Odoo); parts divided by
``+ H`` are of the second company as well. Kinds:

- ``prospect ORIGIN DAYS``: put into the portfolio so many days ago;
- ``lead STAGE DAYS``, ``won DAYS``, ``refused DAYS``: its lead was created so many days ago;
- ``hand DAYS``: made a lead by a person, with a reason;
- ``steady``, ``grow``, ``decline``, ``season``, ``late``, ``stopped``, ``lost``, ``back`` ``MONTHS
  RHYTHM``: buys since so many months every so many days, and how it goes; ``once``, ``new`` ``DAYS``;
- ``opening YEARS REVENUE MONTHS``: bought only before Odoo, the last time so many months ago;
- ``reversed DAYS``: its only invoice is wholly refunded; ``counter``: the walk-in customer.

A name that starts with ``-`` has no salesperson, one with ``x`` is archived, one with ``p`` a person.
"""

#: Accounts that the director keeps, and those of whoever looks at the demo as administrator.
KEPT = {
    "javier": [
        "Cerámicas Millars, S.A.",
        "Talleres Navales del Grao, S.L.",
        "Ayuntamiento de Vall de Ámbar",
        "Canteras Javalambre, S.A.",
        "Astilleros Cap Negre, S.L.",
        "Logística Puerto Seco, S.A.",
        "Metalúrgica Riu Sec, S.A.",
    ],
    "admin": [
        "Suministros Vinalopó Alto, S.L.",
        "Ascensores Peñagolosa, S.L.",
        "Envases Ribera Alta, S.A.",
        "Domótica Sol de Levante, S.L.",
        "Azulejos Tossal, S.A.",
        "Conservas Huerta Vieja, S.A.",
        "Depuradoras Segura Verde, S.L.",
        "Tuberías Ebro Medio, S.A.",
    ],
}

MAIN = """
Construcciones Albufera, S.L. | València | obra | grow 4 7
Talleres Navales del Grao, S.L. | València | naval | steady 4 8
Ferretería La Clau, S.L. | Xàtiva | ferreteria | steady 7 15
Suministros Vinalopó Alto, S.L. | Elda | industria | decline 8 16
Cerámicas Millars, S.A. | Onda | ceramica | steady 36 77 @14:31000
Reformas Ruzafa Nova, S.L. | València | obra | grow 6 16
Instalaciones Eléctricas Turia, S.L. | Paterna | electricidad | steady 7 16
Ferretería Gómez e Hijos, S.L. | Torrent | ferreteria | steady 36 70 @22:18500
Cerrajería y Metal Sagunto, S.L. | Sagunt | metal | steady 12 30
Ayuntamiento de Vall de Ámbar | Benicàssim | ayuntamiento | steady 35 91
Cooperativa Agrícola La Sénia | Alzira | agricola | season 30 38 @30:26000
Muebles Vega del Segura, S.L. | Orihuela | madera | decline 30 62
Electricidad Cala Serena, S.L. | Vinaròs | electricidad | steady 16 36
Fontanería Marjal, S.L. | Gandia | fontaneria | steady 33 82
Climatización Costa Clara, S.L. | Alicante | clima | season 30 59
Transportes Hermanos Pastor, S.L. | Almansa | transporte | late 20 42
Calzados Elche Norte, S.A. | Elche | industria | late 20 59
Montajes Industriales Font Roja, S.L. | Alcoy | metal | back 34 79
Pinturas La Safor, S.L. | Gandia | pintura | stopped 22 46
Rótulos Mare Nostra, S.L. | Paterna | industria | stopped 20 59
Viveros Horta Alta, S.C.V. | Llíria | agricola | season 24 55
Ferretería El Martillo, S.L. | Castelló de la Plana | ferreteria | steady 26 50
Ascensores Peñagolosa, S.L. | Castelló de la Plana | industria | steady 30 88
Carpintería Hermanos Lluch, C.B. | Sueca | madera | steady 26 91
Tejados y Cubiertas Espadán, S.L. | Vila-real | obra | back 33 82
Riegos del Segura Bajo, S.L. | Murcia | agricola | late 33 87 @9:7200
Náutica Puerto Blanco, S.L. | Dénia | naval | season 34 59
Envases Ribera Alta, S.A. | Alzira | industria | stopped 34 91
Mecanizados Ontinyent, S.L. | Ontinyent | metal | steady 34 91
Ferretería Bazar Central, S.L. | Cartagena | ferreteria | lost 27 63
Aluminios Campo de Lorca, S.L. | Lorca | metal | steady 30 91
Canteras Javalambre, S.A. | Teruel | industria | steady 31 88
Piscinas Aigua Clara, S.L. | Benidorm | obra | season 34 55
Mancomunidad Sierra del Maigmó | Alicante | ayuntamiento | steady 34 88 @11:5400
Talleres Mecánicos Soriano, S.L. | Albacete | transporte | steady 36 90
Colegio Vall d'Or | Torrent | colegio | season 35 91
Residencia Los Almendros, S.L. | Villena | residencia | steady 34 92
Bodegas Alto Cabriel, S.L. | Cuenca | agricola | late 32 91
Construcciones Montcabrer, S.L. | Alcoy | obra | stopped 30 91
Textiles Clariano, S.A. | Ontinyent | industria | decline 34 92 @25:12800
Grúas y Elevación Mijares, S.L. | Vila-real | transporte | steady 22 62
Panificadora La Espiga Dorada, S.L. | Sagunt | industria | lost 34 91
Instalaciones Reus Sud, S.L. | Reus | fontaneria | steady 24 60
-Almacenes Pla de la Vall, S.L. | Llíria | ferreteria | late 32 91
Obras y Servicios Bajo Aragón, S.L. | Zaragoza | obra | lost 33 79
pJosé Luis Ferrando Mompó | Sueca | electricidad | steady 15 79
pEncarna Navarro Beltrán | Elche | pintura | once 420
Domótica Sol de Levante, S.L. | Alicante | electricidad | new 0
Taller de Forja Rovira, S.L. | Tarragona | metal | new 24
Agroservicios La Vega, S.L. | Murcia | agricola | new 52
Parquets y Suelos Nostre, S.L. | València | madera | new 75
xCristalerías Hermanos Vidal, S.L. | Elda | industria | lost 35 79
Fundiciones Puig Negre, S.A. | Sagunt | metal | opening 18 42000 26
-Ferretería Casa Emilio | Cuenca | ferreteria | opening 27 6100 14
-Cliente de mostrador | València | obra | counter
Promociones Nou Camí, S.L. | València | obra | lead 2 64
Hormigones Serra Calderona, S.L. | Llíria | obra | lead 1 33
Logística Puerto Seco, S.A. | Sagunt | transporte | lead 2 91
Ferretería Hermanas Oliver, S.L. | Sueca | ferreteria | lead 0 9
Invernaderos Campo Nuevo, S.L. | Cartagena | agricola | lead 1 47
Azulejos Tossal, S.A. | L'Alcora | ceramica | lead 2 120
Esmaltes y Fritas Vilafamés, S.L. | Onda | ceramica | lead 0 4
Instalaciones Solares Brillo, S.L. | Murcia | electricidad | lead 1 28
Astilleros Cap Negre, S.L. | Dénia | naval | lead 1 76
Comunidad de Regantes Acequia Mayor | Orihuela | agricola | lead 0 15
-Decoración Interiorisme Blau, S.L. | Castelló de la Plana | madera | lead 0 2
Mantenimientos Integrales Júcar, S.L. | Alzira | clima | lead 1 55
Plásticos Foia de Castalla, S.A. | Alcoy | industria | lead 2 83
Conservas Huerta Vieja, S.A. | Lorca | industria | won 40
Obras Públicas Maestrat, S.L. | Vinaròs | obra | won 62
Cubiertas y Fachadas Poniente, S.L. | Almansa | obra | refused 150
Ayuntamiento de Alquería Blanca | Gandia | ayuntamiento | refused 210
Talleres Quart Motor, S.L. | Torrent | transporte | refused 95
Ferretería Puerta del Mar, S.L. | Tarragona | ferreteria | hand 36
Carrocerías Alto Palancia, S.L. | Sagunt | transporte | hand 18
Rehabilitaciones Malvarrosa, S.L. | València | obra | reversed 70
Maderas Albarracín, S.L. | Teruel | madera | prospect hand 45
Electromontajes Sitjar, S.L. | Onda | electricidad | prospect hand 12
Metalúrgica Riu Sec, S.A. | Castelló de la Plana | metal | prospect import 240
Construcciones Picassent Sur, S.L. | Torrent | obra | prospect import 240
Ferretería Los Arcos, S.L. | Teruel | ferreteria | prospect import 240
Bricolaje Casa Nova, S.L. | Gandia | ferreteria | prospect import 240
Juguetes Montaña Azul, S.A. | Alcoy | industria | prospect import 240
-Papelera Xúquer, S.A. | Alzira | industria | prospect import 240
Curtidos Vinalopó, S.L. | Elda | industria | prospect import 240
Mármoles Novelda Gris, S.L. | Elche | industria | prospect hand 95
Frigoríficos del Turia, S.L. | Paterna | clima | prospect hand 30
Almazara Sierra Engarcerán, S.C.V. | Vinaròs | agricola | prospect hand 66
-Granjas Campo Arcís, S.L. | Cuenca | agricola | prospect policy 8
Autocares La Marina Alta, S.L. | Dénia | transporte | prospect hand 140
Depuradoras Segura Verde, S.L. | Murcia | industria | prospect hand 21
-Jardines Bahía Azul, S.L. | Benidorm | agricola | prospect policy 3
Náutica Isla Plana, S.L. | Cartagena | naval | prospect hand 110
Colegio Mediterrani Blau | Sagunt | colegio | prospect import 240
Centro Logístico Ribarroja Oeste, S.L. | Paterna | transporte | prospect hand 5
pVicent Aparici Llorens | Xàtiva | fontaneria | prospect hand 18
-Cooperativa del Mármol de Vinalopó | Villena | industria | prospect policy 25
Tuberías Ebro Medio, S.A. | Zaragoza | industria | prospect hand 52
"""

SECOND = """
Hotel Mirador de Poniente, S.L. | Benidorm | hotel | steady 8 25
Restaurante Casa Salvador Nou | Castelló de la Plana | restaurante | steady 20 59
Catering Azahar, S.L. | València | catering | grow 10 28
Camping Playa Tamarit, S.L. | Tarragona | camping | season 24 50
Hotel Balneario Fuente Alta, S.A. | Teruel | hotel | decline 30 88
Arrocería El Trasmallo | Gandia | restaurante | late 30 77
Horchatería Alboraya Vella | València | bar | steady 33 91
Cafeterías Plaza Redonda, S.L. | València | bar | back 30 79
Residencia Mayor Bonaire, S.L. | Vila-real | residencia | steady 33 91
Hostal Puerta de Aragón | Zaragoza | hotel | stopped 32 87
Parador Rural Masía Fosca, S.L. | Benicàssim | hotel | steady 30 90
Heladerías Ola Fresca, S.L. | Dénia | bar | season 30 55
Marisquería Cap de Far | Vinaròs | restaurante | new 33
Bar Mercat Nou | Reus | bar | lost 24 59
Salones Jardín del Cid, S.L. | Torrent | catering | lead 2 58
Hotel Torre del Agua, S.A. | Alicante | hotel | lead 1 24
Cervecería La Noria | Murcia | bar | lead 0 6
Restaurante L'Era de Baix | Xàtiva | restaurante | refused 130
Colonias Sierra Nevera, S.L. | Teruel | camping | lead 1 41
Hostal Las Palmeras | Elche | hotel | prospect hand 60
Pizzerías Forno Rosso, S.L. | València | restaurante | prospect hand 14
-Camping Río Mundo, S.L. | Albacete | camping | prospect import 180
Beach Club Arena Blanca, S.L. | Dénia | bar | prospect hand 33
Comedores Escolares Nutrix, S.L. | Paterna | catering | prospect import 180
Hotel Gran Ribera, S.L. | Benicàssim | hotel | steady 34 90 + H steady 14 59
Camping Sol i Mar, S.L. | Vinaròs | camping | season 32 55 + H steady 24 91
Residencia Sant Jordi, S.A. | Castelló de la Plana | residencia | prospect hand 70 + H late 30 79
Hoteles Bahía Serena, S.A. | Reus | hotel | lead 1 39 + H steady 30 79
"""
