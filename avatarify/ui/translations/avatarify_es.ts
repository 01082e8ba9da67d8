<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es">
    <context>
        <name>Adjust</name>
        <message>
            <source>Preview</source>
            <translation>Vista previa</translation>
        </message>
        <message>
            <source>Show the preview like a mirror; others see no change</source>
            <translation>Muestra la vista previa como un espejo; los demás no ven cambios</translation>
        </message>
        <message>
            <source>Mirror preview</source>
            <translation>Reflejar la vista previa</translation>
        </message>
        <message>
            <source>Show the camera image in a corner of the preview</source>
            <translation>Muestra la imagen de la cámara en una esquina de la vista previa</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>Vista de la cámara</translation>
        </message>
        <message>
            <source>Show the camera next to the output at the same size; only you see it</source>
            <translation>Muestra la cámara junto a la salida, al mismo tamaño; solo tú la ves</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>Lado a lado</translation>
        </message>
        <message>
            <source>Draw facial landmarks on the camera preview</source>
            <translation>Dibuja los puntos faciales en la vista de la cámara</translation>
        </message>
        <message>
            <source>Facial landmarks</source>
            <translation>Puntos faciales</translation>
        </message>
        <message>
            <source>Portrait overlay</source>
            <translation>Superposición</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Salida</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Tamaño</translation>
        </message>
        <message>
            <source>{} fps</source>
            <translation>{} fps</translation>
        </message>
        <message>
            <source>Max. frame rate</source>
            <translation>Máx. fps</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Cambiar …</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>Carpeta para grabaciones e instantáneas</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Carpeta</translation>
        </message>
        <message>
            <source>Restore the default of every setting above; the folder stays</source>
            <translation>Restablecer todos los ajustes de arriba; la carpeta no cambia</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>Restablecer todo</translation>
        </message>
        <message>
            <source>Turn on the camera preview first.</source>
            <translation>Activa primero la vista de la cámara.</translation>
        </message>
        <message>
            <source>Preset for this portrait</source>
            <translation>Ajustes de este retrato</translation>
        </message>
        <message>
            <source>Restore these motion and picture settings whenever this portrait is selected</source>
            <translation>Restaura estos ajustes cada vez que se elige este retrato</translation>
        </message>
        <message>
            <source>Save preset</source>
            <translation>Guardar</translation>
        </message>
        <message>
            <source>Delete preset</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Delete the preset and restore the default settings</source>
            <translation>Elimina los ajustes guardados y restaura los predeterminados</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>Elige primero un retrato.</translation>
        </message>
        <message>
            <source>This portrait has no preset.</source>
            <translation>Este retrato no tiene un ajuste guardado.</translation>
        </message>
    </context>
    <context>
        <name>Background</name>
        <message>
            <source>Original</source>
            <translation>Original</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>Desenfocado</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>Fondo</translation>
        </message>
        <message>
            <source>Solid color</source>
            <translation>Color liso</translation>
        </message>
        <message>
            <source>Choose the background color</source>
            <translation>Elegir el color de fondo</translation>
        </message>
    </context>
    <context>
        <name>CameraChooser</name>
        <message>
            <source>Cameras</source>
            <translation>Cámaras</translation>
        </message>
        <message>
            <source>{} (no image)</source>
            <translation>{} (sin imagen)</translation>
        </message>
    </context>
    <context>
        <name>CameraDialog</name>
        <message>
            <source>Choose a camera</source>
            <translation>Elegir una cámara</translation>
        </message>
        <message>
            <source>Which camera shows you?</source>
            <translation>¿Qué cámara te muestra?</translation>
        </message>
    </context>
    <context>
        <name>CameraStep</name>
        <message>
            <source>Look again</source>
            <translation>Buscar otra vez</translation>
        </message>
        <message>
            <source>Look for cameras again</source>
            <translation>Volver a buscar cámaras</translation>
        </message>
        <message>
            <source>Click the picture that shows you. The demo clip can drive the portrait too.</source>
            <translation>Haz clic en la imagen que te muestra. El clip de demostración también puede mover el retrato.</translation>
        </message>
        <message>
            <source>No camera was found. Plug one in; until then, the demo clip can drive the portrait.</source>
            <translation>No se ha encontrado ninguna cámara. Conecta una; mientras tanto, el clip de demostración puede mover el retrato.</translation>
        </message>
    </context>
    <context>
        <name>CameraView</name>
        <message>
            <source>Camera image</source>
            <translation>Imagen de la cámara</translation>
        </message>
        <message>
            <source>Click the face that should drive the portrait</source>
            <translation>Haz clic en la cara que debe mover el retrato</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Session</source>
            <translation>Sesión</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Editar</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>Retrato</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ver</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Ayuda</translation>
        </message>
        <message>
            <source>Start or stop</source>
            <translation>Iniciar o detener</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>Recalibrar</translation>
        </message>
        <message>
            <source>Find the best neutral frame</source>
            <translation>Buscar el mejor fotograma neutro</translation>
        </message>
        <message>
            <source>Freeze picture</source>
            <translation>Congelar la imagen</translation>
        </message>
        <message>
            <source>Show my real face</source>
            <translation>Mostrar mi cara real</translation>
        </message>
        <message>
            <source>Take snapshot</source>
            <translation>Tomar una instantánea</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Grabar</translation>
        </message>
        <message>
            <source>Send to virtual camera</source>
            <translation>Enviar a la cámara virtual</translation>
        </message>
        <message>
            <source>Choose camera…</source>
            <translation>Elegir una cámara …</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Salir</translation>
        </message>
        <message>
            <source>Undo delete</source>
            <translation>Deshacer la eliminación</translation>
        </message>
        <message>
            <source>Paste image</source>
            <translation>Pegar una imagen</translation>
        </message>
        <message>
            <source>Rename portrait…</source>
            <translation>Renombrar retrato …</translation>
        </message>
        <message>
            <source>Delete portrait</source>
            <translation>Eliminar retrato</translation>
        </message>
        <message>
            <source>Preferences…</source>
            <translation>Preferencias …</translation>
        </message>
        <message>
            <source>Previous portrait</source>
            <translation>Retrato anterior</translation>
        </message>
        <message>
            <source>Next portrait</source>
            <translation>Retrato siguiente</translation>
        </message>
        <message>
            <source>Random portrait</source>
            <translation>Retrato aleatorio</translation>
        </message>
        <message>
            <source>Favorite</source>
            <translation>Favorito</translation>
        </message>
        <message>
            <source>Move forward</source>
            <translation>Mover hacia delante</translation>
        </message>
        <message>
            <source>Move back</source>
            <translation>Mover hacia atrás</translation>
        </message>
        <message>
            <source>Add portrait…</source>
            <translation>Añadir un retrato …</translation>
        </message>
        <message>
            <source>Reload portraits</source>
            <translation>Recargar retratos</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Acercar</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Alejar</translation>
        </message>
        <message>
            <source>Pan up</source>
            <translation>Desplazar hacia arriba</translation>
        </message>
        <message>
            <source>Pan left</source>
            <translation>Desplazar a la izquierda</translation>
        </message>
        <message>
            <source>Pan down</source>
            <translation>Desplazar hacia abajo</translation>
        </message>
        <message>
            <source>Pan right</source>
            <translation>Desplazar a la derecha</translation>
        </message>
        <message>
            <source>Mirror output</source>
            <translation>Reflejar la salida</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>Seguir mi cabeza</translation>
        </message>
        <message>
            <source>Mirror preview</source>
            <translation>Reflejar la vista previa</translation>
        </message>
        <message>
            <source>Less overlay</source>
            <translation>Menos superposición</translation>
        </message>
        <message>
            <source>More overlay</source>
            <translation>Más superposición</translation>
        </message>
        <message>
            <source>Show statistics</source>
            <translation>Mostrar estadísticas</translation>
        </message>
        <message>
            <source>Show facial landmarks</source>
            <translation>Mostrar puntos faciales</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>Vista de la cámara</translation>
        </message>
        <message>
            <source>Camera and output side by side</source>
            <translation>Cámara y salida lado a lado</translation>
        </message>
        <message>
            <source>How it works…</source>
            <translation>Cómo funciona…</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Pantalla completa</translation>
        </message>
        <message>
            <source>Output window for capture</source>
            <translation>Ventana de salida para capturar</translation>
        </message>
        <message>
            <source>Keyboard shortcuts…</source>
            <translation>Atajos de teclado…</translation>
        </message>
        <message>
            <source>Virtual camera…</source>
            <translation>Cámara virtual …</translation>
        </message>
        <message>
            <source>Engines…</source>
            <translation>Motores …</translation>
        </message>
        <message>
            <source>Diagnostics…</source>
            <translation>Diagnóstico …</translation>
        </message>
        <message>
            <source>Documentation</source>
            <translation>Documentación</translation>
        </message>
        <message>
            <source>Privacy…</source>
            <translation>Privacidad …</translation>
        </message>
        <message>
            <source>About Avatarify</source>
            <translation>Acerca de Avatarify</translation>
        </message>
        <message>
            <source>Portrait {}</source>
            <translation>Retrato {}</translation>
        </message>
    </context>
    <context>
        <name>Controller</name>
        <message>
            <source>The new output size and frame rate take effect at the next start.</source>
            <translation>El nuevo tamaño y la nueva frecuencia de salida se aplicarán en el próximo inicio.</translation>
        </message>
        <message>
            <source>Meeting apps cannot handle such a change while they use the camera.</source>
            <translation>Las aplicaciones de reuniones no admiten ese cambio mientras usan la cámara.</translation>
        </message>
    </context>
    <context>
        <name>CropDialog</name>
        <message>
            <source>Add portrait</source>
            <translation>Añadir un retrato</translation>
        </message>
        <message>
            <source>Looking for faces…</source>
            <translation>Buscando caras …</translation>
        </message>
        <message>
            <source>Aspect ratio</source>
            <translation>Proporción</translation>
        </message>
        <message>
            <source>I have the right to use this face: it is mine, a work of art, or used with consent.</source>
            <translation>Tengo derecho a usar esta cara: es mía, es una obra de arte o la persona ha dado su consentimiento.</translation>
        </message>
        <message>
            <source>No face found. Use an image that shows a face from the front.</source>
            <translation>No se encontró ninguna cara. Usa una imagen con una cara de frente.</translation>
        </message>
        <message>
            <source>{} faces found. Click the one to use.</source>
            <translation>{} caras encontradas. Haz clic en la que quieras usar.</translation>
        </message>
        <message>
            <source>The face is small; the portrait will look blurry.</source>
            <translation>La cara es pequeña: el retrato se verá borroso.</translation>
        </message>
        <message>
            <source>One face found.</source>
            <translation>Se encontró una cara.</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>Original</translation>
        </message>
        <message>
            <source>Square</source>
            <translation>Cuadrada</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Nombre</translation>
        </message>
        <message>
            <source>&amp;Aspect ratio</source>
            <translation>&amp;Proporción</translation>
        </message>
        <message>
            <source>&amp;Zoom</source>
            <translation>&amp;Zoom</translation>
        </message>
        <message>
            <source>&amp;Rotation</source>
            <translation>&amp;Rotación</translation>
        </message>
        <message>
            <source>Rotate 90°</source>
            <translation>Girar 90°</translation>
        </message>
        <message>
            <source>Rotate the image 90° clockwise</source>
            <translation>Girar la imagen 90° a la derecha</translation>
        </message>
        <message>
            <source>Whole image</source>
            <translation>Imagen entera</translation>
        </message>
        <message>
            <source>Show the whole image</source>
            <translation>Mostrar toda la imagen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Añadir</translation>
        </message>
    </context>
    <context>
        <name>CropView</name>
        <message>
            <source>Crop area</source>
            <translation>Área de recorte</translation>
        </message>
    </context>
    <context>
        <name>DevicePicker</name>
        <message>
            <source>Camera</source>
            <translation>Cámara</translation>
        </message>
        <message>
            <source>Refresh the camera list</source>
            <translation>Actualizar la lista de cámaras</translation>
        </message>
        <message>
            <source>Choose a camera by its image</source>
            <translation>Elegir una cámara por su imagen</translation>
        </message>
        <message>
            <source>Make the portrait available as a camera in Zoom, Meet, and Teams</source>
            <translation>El retrato aparece como cámara en Zoom, Meet y Teams</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>Cámara virtual</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Configurar …</translation>
        </message>
        <message>
            <source>How to install a virtual camera and select it in a meeting app</source>
            <translation>Cómo instalar una cámara virtual y elegirla en una aplicación de reuniones</translation>
        </message>
        <message>
            <source>&amp;Camera</source>
            <translation>&amp;Cámara</translation>
        </message>
        <message>
            <source>The session is starting or stopping.</source>
            <translation>La sesión se está iniciando o deteniendo.</translation>
        </message>
        <message>
            <source>There is no virtual camera. “Set up…” shows how to get one.</source>
            <translation>No hay cámara virtual. «Configurar …» muestra cómo obtener una.</translation>
        </message>
        <message>
            <source>No virtual camera found; only you see the output.</source>
            <translation>No se encontró ninguna cámara virtual; solo tú ves la salida.</translation>
        </message>
        <message>
            <source>Looking for a virtual camera…</source>
            <translation>Buscando una cámara virtual …</translation>
        </message>
        <message>
            <source>Only you see the output.</source>
            <translation>Solo tú ves la salida.</translation>
        </message>
    </context>
    <context>
        <name>Devices</name>
        <message>
            <source>Demo clip</source>
            <translation>Clip de demostración</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>no instalada</translation>
        </message>
        <message>
            <source>Virtual camera ({})</source>
            <translation>Cámara virtual ({})</translation>
        </message>
        <message>
            <source>Browser source for OBS: {}</source>
            <translation>Fuente de navegador para OBS: {}</translation>
        </message>
        <message>
            <source>Preview only</source>
            <translation>Solo vista previa</translation>
        </message>
    </context>
    <context>
        <name>DiagnosticsPage</name>
        <message>
            <source>Diagnostics</source>
            <translation>Diagnóstico</translation>
        </message>
        <message>
            <source>Running checks…</source>
            <translation>Haciendo comprobaciones…</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>Copiar el diagnóstico</translation>
        </message>
        <message>
            <source>Everything for a call is there.</source>
            <translation>Está todo lo necesario para una llamada.</translation>
        </message>
        <message>
            <source>One thing is missing for a call.</source>
            <translation>Falta una cosa para una llamada.</translation>
        </message>
        <message>
            <source>{} things are missing for a call.</source>
            <translation>Faltan {} cosas para una llamada.</translation>
        </message>
        <message>
            <source>{}: {}</source>
            <translation>{}: {}</translation>
        </message>
        <message>
            <source>Crash reports</source>
            <translation>Informes de fallos</translation>
        </message>
        <message>
            <source>They stay on this computer. You decide whether to share them.</source>
            <translation>Se quedan en este equipo. Tú decides si los compartes.</translation>
        </message>
        <message>
            <source>Reports</source>
            <translation>Informes</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>Show report</source>
            <translation>Mostrar el informe</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>Show my real face</source>
            <translation>Mostrar mi cara real</translation>
        </message>
        <message>
            <source>Send your real face instead of the portrait?</source>
            <translation>¿Enviar tu cara real en lugar del retrato?</translation>
        </message>
        <message>
            <source>Everyone who sees the output will see your camera image, marked as such, until you turn this off.</source>
            <translation>Todos los que ven la salida verán la imagen de tu cámara, marcada como tal, hasta que lo desactives.</translation>
        </message>
        <message>
            <source>Show my face</source>
            <translation>Mostrar mi cara</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Interrupted recording</source>
            <translation>Grabación interrumpida</translation>
        </message>
        <message>
            <source>A recording was interrupted. Keep it?</source>
            <translation>Se interrumpió una grabación. ¿Conservarla?</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Conservar</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Ask later</source>
            <translation>Preguntar más tarde</translation>
        </message>
        <message>
            <source>Images ({})</source>
            <translation>Imágenes ({})</translation>
        </message>
        <message>
            <source>Add portraits</source>
            <translation>Añadir retratos</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>Carpeta para grabaciones e instantáneas</translation>
        </message>
        <message>
            <source>Rename portrait</source>
            <translation>Cambiar el nombre del retrato</translation>
        </message>
        <message>
            <source>Portrait name</source>
            <translation>Nombre del retrato</translation>
        </message>
        <message>
            <source>A session is running</source>
            <translation>Hay una sesión en marcha</translation>
        </message>
        <message>
            <source>Stop sending the portrait and quit?</source>
            <translation>¿Dejar de enviar el retrato y salir?</translation>
        </message>
        <message>
            <source>Stop and quit</source>
            <translation>Detener y salir</translation>
        </message>
        <message>
            <source>Keep running in the tray</source>
            <translation>Seguir en la bandeja del sistema</translation>
        </message>
        <message>
            <source>Others will no longer see the portrait. The recording is finished and kept.</source>
            <translation>Los demás dejarán de ver el retrato. La grabación se termina y se conserva.</translation>
        </message>
        <message>
            <source>Others will no longer see the portrait.</source>
            <translation>Los demás dejarán de ver el retrato.</translation>
        </message>
        <message>
            <source>About Avatarify</source>
            <translation>Acerca de Avatarify</translation>
        </message>
        <message>
            <source>Everything runs on this computer. MIT license.</source>
            <translation>Todo se ejecuta en este ordenador. Licencia MIT.</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Privacidad</translation>
        </message>
    </context>
    <context>
        <name>DocumentationPage</name>
        <message>
            <source>Documentation</source>
            <translation>Documentación</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Página</translation>
        </message>
    </context>
    <context>
        <name>EngineCard</name>
        <message>
            <source>Build {} for {}</source>
            <translation>Construir {} para {}</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>Construir</translation>
        </message>
        <message>
            <source>Delete {} for {}</source>
            <translation>Eliminar {} para {}</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Not built yet</source>
            <translation>Aún no construido</translation>
        </message>
    </context>
    <context>
        <name>EnginesPage</name>
        <message>
            <source>key points {}</source>
            <translation>puntos clave {}</translation>
        </message>
        <message>
            <source>image {}</source>
            <translation>imagen {}</translation>
        </message>
        <message>
            <source>motion {}</source>
            <translation>movimiento {}</translation>
        </message>
        <message>
            <source>frames {}</source>
            <translation>{} imágenes</translation>
        </message>
        <message>
            <source>Engines</source>
            <translation>Motores</translation>
        </message>
        <message>
            <source>An engine is a model compiled for one processor, so that it starts and runs faster. Engines are optional. Each one is compared with the reference before it is used.</source>
            <translation>Un motor es un modelo compilado para un procesador, para que arranque y funcione más rápido. Los motores son opcionales. Cada uno se compara con la referencia antes de usarse.</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Deteniendo …</translation>
        </message>
        <message>
            <source>Build progress</source>
            <translation>Progreso de la construcción</translation>
        </message>
        <message>
            <source>Stop the build and keep what is finished</source>
            <translation>Detener la construcción; lo terminado se conserva</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>The build was stopped.</source>
            <translation>La construcción se detuvo.</translation>
        </message>
        <message>
            <source>{} {}: {} MB in {} s</source>
            <translation>{} {}: {} MB en {} s</translation>
        </message>
    </context>
    <context>
        <name>Estimate</name>
        <message>
            <source>about {} s left</source>
            <translation>quedan unos {} s</translation>
        </message>
    </context>
    <context>
        <name>FileDrop</name>
        <message>
            <source>Drop the image to add it</source>
            <translation>Suelta la imagen para añadirla</translation>
        </message>
    </context>
    <context>
        <name>Form</name>
        <message>
            <source>Reset</source>
            <translation>Restablecer</translation>
        </message>
        <message>
            <source>Double-click to reset</source>
            <translation>Haz doble clic para restablecer</translation>
        </message>
    </context>
    <context>
        <name>Gallery</name>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>Search portraits</source>
            <translation>Buscar en los retratos</translation>
        </message>
        <message>
            <source>Add an image with a face; you can also drop it on the window or paste it</source>
            <translation>Añadir una imagen con una cara; también se puede soltar en la ventana o pegar</translation>
        </message>
        <message>
            <source>Add…</source>
            <translation>Añadir …</translation>
        </message>
        <message>
            <source>Add portrait</source>
            <translation>Añadir un retrato</translation>
        </message>
        <message>
            <source>No matching portraits.</source>
            <translation>No hay retratos que coincidan.</translation>
        </message>
        <message>
            <source>{}, key {}</source>
            <translation>{}, tecla {}</translation>
        </message>
        <message>
            <source>Only for portraits that you have added.</source>
            <translation>Solo para retratos que hayas añadido.</translation>
        </message>
    </context>
    <context>
        <name>Help</name>
        <message>
            <source>Choose a camera</source>
            <translation>Elegir una cámara</translation>
        </message>
        <message>
            <source>Diagnostics</source>
            <translation>Diagnóstico</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Atajos de teclado</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Mostrar en la carpeta</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>Recalibrar</translation>
        </message>
        <message>
            <source>Show report</source>
            <translation>Mostrar el informe</translation>
        </message>
        <message>
            <source>Restart now</source>
            <translation>Reiniciar ahora</translation>
        </message>
        <message>
            <source>Smaller output</source>
            <translation>Salida más pequeña</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Configurar …</translation>
        </message>
    </context>
    <context>
        <name>HotKeys</name>
        <message>
            <source>Wayland does not support global shortcuts. Use an X11 session.</source>
            <translation>Wayland no admite atajos globales. Usa una sesión de X11.</translation>
        </message>
        <message>
            <source>Global shortcuts are not supported on this system yet.</source>
            <translation>Los atajos globales aún no se admiten en este sistema.</translation>
        </message>
        <message>
            <source>The shortcut {} is used by another program.</source>
            <translation>Otro programa usa el atajo {}.</translation>
        </message>
        <message>
            <source>Choose another one.</source>
            <translation>Elige otra.</translation>
        </message>
        <message>
            <source>{} cannot be used as a shortcut.</source>
            <translation>{} no se puede usar como atajo.</translation>
        </message>
        <message>
            <source>{} alone would stop working in all other programs. Add Ctrl, Alt, or Meta.</source>
            <translation>{} por sí sola dejaría de funcionar en los demás programas. Añade Ctrl, Alt o Meta.</translation>
        </message>
        <message>
            <source>{} is already assigned to “{}”.</source>
            <translation>{} ya está asignado a «{}».</translation>
        </message>
    </context>
    <context>
        <name>InsightPage</name>
        <message>
            <source>How it works</source>
            <translation>Cómo funciona</translation>
        </message>
        <message>
            <source>Start a session to see how each frame is made.</source>
            <translation>Inicia una sesión para ver cómo se crea cada fotograma.</translation>
        </message>
        <message>
            <source>Your key points</source>
            <translation>Tus puntos clave</translation>
        </message>
        <message>
            <source>Where the model locates the parts of your face.</source>
            <translation>Dónde ve el modelo las partes de tu cara.</translation>
        </message>
        <message>
            <source>Warped portrait</source>
            <translation>Retrato deformado</translation>
        </message>
        <message>
            <source>Its own key points, moved the way yours moved since the neutral frame.</source>
            <translation>Sus propios puntos clave, movidos como los tuyos desde el fotograma neutro.</translation>
        </message>
        <message>
            <source>Optical flow</source>
            <translation>Flujo óptico</translation>
        </message>
        <message>
            <source>Where each pixel comes from: the color shows the direction, white means no motion.</source>
            <translation>De dónde procede cada píxel: el color indica la dirección y el blanco, que no hay movimiento.</translation>
        </message>
        <message>
            <source>Occlusion map</source>
            <translation>Mapa de oclusión</translation>
        </message>
        <message>
            <source>White: the warped portrait is shown. Black: the network fills in what the portrait hides.</source>
            <translation>Blanco: se muestra el retrato deformado. Negro: la red rellena lo que el retrato oculta.</translation>
        </message>
        <message>
            <source>Shown only in this window; none of it is sent.</source>
            <translation>Solo se muestra en esta ventana; nada de ello se envía.</translation>
        </message>
    </context>
    <context>
        <name>KeysPage</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Atajos de teclado</translation>
        </message>
        <message>
            <source>In this window</source>
            <translation>En esta ventana</translation>
        </message>
        <message>
            <source>Global</source>
            <translation>Globales</translation>
        </message>
        <message>
            <source>Restore defaults</source>
            <translation>Restaurar valores</translation>
        </message>
        <message>
            <source>Restore the default shortcut of every command</source>
            <translation>Restaura el atajo predeterminado de cada comando</translation>
        </message>
        <message>
            <source>Click a shortcut and press new keys to change it. Number keys select portraits.</source>
            <translation>Haz clic en un atajo y pulsa otras teclas para cambiarlo. Las teclas numéricas eligen retratos.</translation>
        </message>
        <message>
            <source>Off: a letter or digit typed by mistake changes nothing that others see</source>
            <translation>Desactivado: una letra pulsada por error no cambia nada de lo que ven los demás</translation>
        </message>
        <message>
            <source>Single letters change what others see</source>
            <translation>Las letras sueltas cambian lo que ven los demás</translation>
        </message>
        <message>
            <source>Global shortcuts work while another program has the focus. None is set by default.</source>
            <translation>Los atajos globales funcionan aunque otro programa tenga el foco. De forma predeterminada no hay ninguno.</translation>
        </message>
        <message>
            <source>{} is already assigned to “{}”.</source>
            <translation>{} ya está asignado a «{}».</translation>
        </message>
    </context>
    <context>
        <name>LookForm</name>
        <message>
            <source>Relative</source>
            <translation>Relativo</translation>
        </message>
        <message>
            <source>Absolute</source>
            <translation>Absoluto</translation>
        </message>
        <message>
            <source>Follow mine</source>
            <translation>Seguir la mía</translation>
        </message>
        <message>
            <source>At the camera</source>
            <translation>A la cámara</translation>
        </message>
        <message>
            <source>Top left</source>
            <translation>Arriba a la izquierda</translation>
        </message>
        <message>
            <source>Top right</source>
            <translation>Arriba a la derecha</translation>
        </message>
        <message>
            <source>Bottom left</source>
            <translation>Abajo a la izquierda</translation>
        </message>
        <message>
            <source>Bottom right</source>
            <translation>Abajo a la derecha</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>Movimiento</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>Intensidad</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>Cabeza</translation>
        </message>
        <message>
            <source>Eyes</source>
            <translation>Ojos</translation>
        </message>
        <message>
            <source>Mouth</source>
            <translation>Boca</translation>
        </message>
        <message>
            <source>Gaze</source>
            <translation>Mirada</translation>
        </message>
        <message>
            <source>Transfer</source>
            <translation>Transferencia</translation>
        </message>
        <message>
            <source>Adapt scale</source>
            <translation>Adaptar la escala</translation>
        </message>
        <message>
            <source>Scale the motion by the size ratio of the two faces</source>
            <translation>Escala el movimiento según la proporción entre ambas caras</translation>
        </message>
        <message>
            <source>Reduce jitter</source>
            <translation>Reducir el temblor</translation>
        </message>
        <message>
            <source>Reduce jitter when the face is still</source>
            <translation>Reduce el temblor cuando la cara está quieta</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>Seguir mi cabeza</translation>
        </message>
        <message>
            <source>Keep the portrait in place when you shift in your chair</source>
            <translation>El retrato no se desplaza aunque te muevas en la silla</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Horizontal</source>
            <translation>Horizontal</translation>
        </message>
        <message>
            <source>Vertical</source>
            <translation>Vertical</translation>
        </message>
        <message>
            <source>Mirror output</source>
            <translation>Reflejar la salida</translation>
        </message>
        <message>
            <source>Flip what others see horizontally</source>
            <translation>Invierte lo que ven los demás</translation>
        </message>
        <message>
            <source>AI avatar badge</source>
            <translation>Distintivo de avatar IA</translation>
        </message>
        <message>
            <source>Mark the output as AI-generated</source>
            <translation>Marca la salida como generada por IA</translation>
        </message>
        <message>
            <source>Badge position</source>
            <translation>Posición</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>Fondo</translation>
        </message>
        <message>
            <source>Only the built-in model tells the parts of a face apart.</source>
            <translation>Solo el modelo integrado distingue las partes de la cara.</translation>
        </message>
        <message>
            <source>Zoom in first.</source>
            <translation>Primero acerca la imagen.</translation>
        </message>
        <message>
            <source>Turn on the badge first.</source>
            <translation>Activa primero el distintivo.</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source>This model moves with a camera only.</source>
            <translation>Este modelo solo se mueve con una cámara.</translation>
        </message>
        <message>
            <source>Use the model built-in.</source>
            <translation>Usa el modelo built-in.</translation>
        </message>
        <message>
            <source>This runtime moves a portrait with a camera only.</source>
            <translation>Este entorno de ejecución solo mueve un retrato con una cámara.</translation>
        </message>
        <message>
            <source>Use the runtime openvino.</source>
            <translation>Usa el entorno de ejecución openvino.</translation>
        </message>
        <message>
            <source>The head is turned too far to begin with.</source>
            <translation>La cabeza está demasiado girada para empezar.</translation>
        </message>
        <message>
            <source>Look at the camera.</source>
            <translation>Mira a la cámara.</translation>
        </message>
        <message>
            <source>Frame {number} cannot be the neutral one: {reason}</source>
            <translation>El fotograma {number} no puede ser el neutro: {reason}</translation>
        </message>
        <message>
            <source>Use another.</source>
            <translation>Usa otro.</translation>
        </message>
        <message>
            <source>There is no face in frame {number} of the driving video.</source>
            <translation>En el fotograma {number} del vídeo guía no hay ninguna cara.</translation>
        </message>
        <message>
            <source>Use --neutral first, best, or another number.</source>
            <translation>Usa --neutral first, best u otro número.</translation>
        </message>
        <message>
            <source>No face was found in {name}.</source>
            <translation>No se encontró ninguna cara en {name}.</translation>
        </message>
        <message>
            <source>Use a video that shows one face from the front.</source>
            <translation>Usa un vídeo que muestre una cara de frente.</translation>
        </message>
        <message>
            <source>'{name}' is a camera, not a video.</source>
            <translation>«{name}» es una cámara, no un vídeo.</translation>
        </message>
        <message>
            <source>Use 'avatarify run' for a camera.</source>
            <translation>Para una cámara usa «avatarify run».</translation>
        </message>
        <message>
            <source>No portraits are installed.</source>
            <translation>No hay retratos instalados.</translation>
        </message>
        <message>
            <source>Give an image file, or reinstall Avatarify.</source>
            <translation>Indica un archivo de imagen o reinstala avatarify.</translation>
        </message>
        <message>
            <source>Absolute motion would send the shape of your face to the host.</source>
            <translation>El movimiento absoluto enviaría la forma de tu rostro al servidor.</translation>
        </message>
        <message>
            <source>Use relative motion, or a runtime on this computer.</source>
            <translation>Usa el movimiento relativo o un entorno de este equipo.</translation>
        </message>
        <message>
            <source>There is no motion '{name}'.</source>
            <translation>No existe el movimiento «{name}».</translation>
        </message>
        <message>
            <source>Choose one of: {names}.</source>
            <translation>Elige una de estas opciones: {names}.</translation>
        </message>
        <message>
            <source>There is no gaze '{name}'.</source>
            <translation>No existe la mirada «{name}».</translation>
        </message>
        <message>
            <source>There are no '{name}' key points.</source>
            <translation>No existen puntos clave «{name}».</translation>
        </message>
        <message>
            <source>'{text}' is not the place of a face.</source>
            <translation>«{text}» no indica dónde está una cara.</translation>
        </message>
        <message>
            <source>Give the middle of the face and the distance from brows to chin, in pixels of the picture: X,Y,HEIGHT.</source>
            <translation>Indica el centro de la cara y la distancia de las cejas a la barbilla, en píxeles de la imagen: X,Y,ALTURA.</translation>
        </message>
        <message>
            <source>There is no portrait and no file named '{name}'.</source>
            <translation>No hay ningún retrato ni archivo llamado «{name}».</translation>
        </message>
        <message>
            <source>Portraits: {names}. You can also give an image file.</source>
            <translation>Retratos: {names}. También puedes indicar un archivo de imagen.</translation>
        </message>
        <message>
            <source>No face was found in the portrait {name}.</source>
            <translation>No se encontró ninguna cara en el retrato {name}.</translation>
        </message>
        <message>
            <source>Use an image that shows a face from the front, large enough and not covered. On the command line, --face X,Y,HEIGHT says where it is.</source>
            <translation>Usa una imagen que muestre una cara de frente, bastante grande y sin tapar. En la línea de comandos, --face X,Y,ALTURA indica dónde está.</translation>
        </message>
        <message>
            <source>The portrait {name} shows {count} faces; the largest is animated.</source>
            <translation>El retrato {name} muestra {count} caras; se anima la más grande.</translation>
        </message>
        <message>
            <source>The face is placed outside the image {name}.</source>
            <translation>La cara queda fuera de la imagen {name}.</translation>
        </message>
        <message>
            <source>The image has {width}x{height} pixels.</source>
            <translation>La imagen tiene {width}x{height} píxeles.</translation>
        </message>
        <message>
            <source>In the portrait {name}, the person could not be separated from the background, so the background will move with the head.</source>
            <translation>En el retrato {name} no se pudo separar a la persona del fondo, así que el fondo se moverá con la cabeza.</translation>
        </message>
        <message>
            <source>{count} frames could not be animated: {reason}</source>
            <translation>No se pudieron animar {count} fotogramas: {reason}</translation>
        </message>
        <message>
            <source>Frame {number} is {dtype} {shape}.</source>
            <translation>El fotograma {number} es {dtype} {shape}.</translation>
        </message>
        <message>
            <source>Give arrays of the shape (height, width, 3), uint8, RGB.</source>
            <translation>Usa matrices de forma (alto, ancho, 3), uint8, RGB.</translation>
        </message>
        <message>
            <source>There is no checkout of Avatarify in {folder}.</source>
            <translation>En {folder} no hay ninguna copia del código de Avatarify.</translation>
        </message>
        <message>
            <source>Name the folder that contains 'avatarify'.</source>
            <translation>Indica la carpeta que contiene «avatarify».</translation>
        </message>
        <message>
            <source>The live session of {checkout} failed: {reason}</source>
            <translation>La sesión en directo de {checkout} ha fallado: {reason}</translation>
        </message>
        <message>
            <source>Run it with 'avatarify run --camera demo --sink null' to see why.</source>
            <translation>Ejecuta «avatarify run --camera demo --sink null» para ver el motivo.</translation>
        </message>
        <message>
            <source>This computer shows about {fps:.0f} of {camera:.0f} frames a second: motion will not look smooth. Close other programs, or choose a smaller output.</source>
            <translation>Este ordenador muestra unos {fps:.0f} de {camera:.0f} fotogramas por segundo: el movimiento no se verá fluido. Cierra otros programas o elige una salida más pequeña.</translation>
        </message>
        <message>
            <source>This computer keeps up with {camera:.0f} frames a second, with reduced detail.</source>
            <translation>Este ordenador mantiene {camera:.0f} fotogramas por segundo, con menos detalle.</translation>
        </message>
        <message>
            <source>This computer keeps up with {camera:.0f} frames a second in full quality.</source>
            <translation>Este ordenador mantiene {camera:.0f} fotogramas por segundo con toda la calidad.</translation>
        </message>
        <message>
            <source>There is not enough memory.</source>
            <translation>No hay suficiente memoria.</translation>
        </message>
        <message>
            <source>Close other programs, or use smaller files.</source>
            <translation>Cierra otros programas o usa archivos más pequeños.</translation>
        </message>
        <message>
            <source>This needs {package}, which is not installed.</source>
            <translation>Esto necesita {package}, que no está instalado.</translation>
        </message>
        <message>
            <source>Run: pip install 'avatarify[{extra}]'</source>
            <translation>Ejecuta: pip install 'avatarify[{extra}]'</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>El disco está lleno.</translation>
        </message>
        <message>
            <source>Free some space.</source>
            <translation>Libera espacio.</translation>
        </message>
        <message>
            <source>{file} cannot be used: {reason}.</source>
            <translation>No se puede usar {file}: {reason}.</translation>
        </message>
        <message>
            <source>Check the name, the folder, and its permissions.</source>
            <translation>Comprueba el nombre, la carpeta y sus permisos.</translation>
        </message>
        <message>
            <source>The input cannot be used: {reason}.</source>
            <translation>No se puede usar la entrada: {reason}.</translation>
        </message>
        <message>
            <source>Check the options and the files. With --debug, the place of the error is shown.</source>
            <translation>Comprueba las opciones y los archivos. Con --debug se muestra dónde está el error.</translation>
        </message>
        <message>
            <source>it has characters that are not valid in {encoding}</source>
            <translation>contiene caracteres que no son válidos en {encoding}</translation>
        </message>
        <message>
            <source>it is nested too deeply</source>
            <translation>tiene demasiados niveles anidados</translation>
        </message>
        <message>
            <source>there is not enough memory</source>
            <translation>no hay suficiente memoria</translation>
        </message>
        <message>
            <source>{name} cannot be read: {reason}.</source>
            <translation>No se puede leer {name}: {reason}.</translation>
        </message>
        <message>
            <source>Get the file again.</source>
            <translation>Vuelve a obtener el archivo.</translation>
        </message>
        <message>
            <source>{name} is damaged: only {count} of {announced} frames could be read and were used.</source>
            <translation>{name} está dañado: solo se pudieron leer y usar {count} de {announced} fotogramas.</translation>
        </message>
        <message>
            <source>Use a video such as MP4, MOV, MKV, AVI, or WebM.</source>
            <translation>Usa un vídeo MP4, MOV, MKV, AVI o WebM.</translation>
        </message>
        <message>
            <source>{file} is not a readable video.</source>
            <translation>{file} no es un vídeo que se pueda leer.</translation>
        </message>
        <message>
            <source>The demo clip {clip} is missing.</source>
            <translation>Falta el clip de demostración {clip}.</translation>
        </message>
        <message>
            <source>Reinstall Avatarify.</source>
            <translation>Reinstala Avatarify.</translation>
        </message>
        <message>
            <source>'{text}' matches several cameras: {cameras}.</source>
            <translation>«{text}» coincide con varias cámaras: {cameras}.</translation>
        </message>
        <message>
            <source>Use a longer part of the name, or the number.</source>
            <translation>Usa una parte más larga del nombre, o el número.</translation>
        </message>
        <message>
            <source>'{text}' is not a camera, a file, or a folder.</source>
            <translation>«{text}» no es una cámara, un archivo ni una carpeta.</translation>
        </message>
        <message>
            <source>There is no camera {number}.</source>
            <translation>No existe la cámara {number}.</translation>
        </message>
        <message>
            <source>No camera is connected. Connect one, or use 'demo' for the bundled clip.</source>
            <translation>No hay ninguna cámara conectada. Conecta una o usa «demo» para el clip incluido.</translation>
        </message>
        <message>
            <source>Available cameras: {cameras}. Use 'demo' for the bundled clip.</source>
            <translation>Cámaras disponibles: {cameras}. Usa «demo» para el clip incluido.</translation>
        </message>
        <message>
            <source>No frame of {name} can be decoded.</source>
            <translation>No se puede decodificar ningún fotograma de {name}.</translation>
        </message>
        <message>
            <source>The folder {folder} does not exist.</source>
            <translation>La carpeta {folder} no existe.</translation>
        </message>
        <message>
            <source>Check the name.</source>
            <translation>Comprueba el nombre.</translation>
        </message>
        <message>
            <source>The folder {folder} contains no images.</source>
            <translation>La carpeta {folder} no contiene imágenes.</translation>
        </message>
        <message>
            <source>Put {suffixes} files in it.</source>
            <translation>Pon en ella archivos {suffixes}.</translation>
        </message>
        <message>
            <source>{name} is damaged: only {count} frames could be read and were used.</source>
            <translation>{name} está dañado: solo se pudieron leer y usar {count} fotogramas.</translation>
        </message>
        <message>
            <source>The video {path} does not exist.</source>
            <translation>El vídeo {path} no existe.</translation>
        </message>
        <message>
            <source>Check the name and the folder.</source>
            <translation>Comprueba el nombre y la carpeta.</translation>
        </message>
        <message>
            <source>{file} is not a readable video ({reason}).</source>
            <translation>{file} no es un vídeo legible ({reason}).</translation>
        </message>
        <message>
            <source>{file} has no video stream, only audio or data.</source>
            <translation>{file} no contiene vídeo, solo audio o datos.</translation>
        </message>
        <message>
            <source>Run: sudo usermod -aG video $USER, then log in again.</source>
            <translation>Ejecuta: sudo usermod -aG video $USER, y vuelve a iniciar sesión.</translation>
        </message>
        <message>
            <source>Open Settings, Privacy &amp; security, Camera, and allow desktop apps to access your camera.</source>
            <translation>Abre Configuración, Privacidad y seguridad, Cámara, y permite que las aplicaciones de escritorio accedan a la cámara.</translation>
        </message>
        <message>
            <source>Open System Settings, Privacy &amp; Security, Camera, allow the program that runs Avatarify, then start it again.</source>
            <translation>Abre Ajustes del Sistema, Privacidad y seguridad, Cámara, permite el programa que ejecuta Avatarify y vuelve a iniciarlo.</translation>
        </message>
        <message>
            <source>Plug it in again; the session reconnects as soon as it is back.</source>
            <translation>Vuelve a conectarla; la sesión se reanudará en cuanto esté disponible.</translation>
        </message>
        <message>
            <source>The system settings deny Avatarify access to camera {name}.</source>
            <translation>Los ajustes del sistema impiden que Avatarify acceda a la cámara {name}.</translation>
        </message>
        <message>
            <source>Camera {name} was unplugged.</source>
            <translation>Se ha desconectado la cámara {name}.</translation>
        </message>
        <message>
            <source>No permission to open camera {name} ({path}).</source>
            <translation>No hay permiso para abrir la cámara {name} ({path}).</translation>
        </message>
        <message>
            <source>Camera {name} is in use by {programs}.</source>
            <translation>La cámara {name} está en uso por {programs}.</translation>
        </message>
        <message>
            <source>Close it, or use another camera.</source>
            <translation>Ciérralo o usa otra cámara.</translation>
        </message>
        <message>
            <source>Camera {name} stopped delivering frames.</source>
            <translation>La cámara {name} ha dejado de enviar imágenes.</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, check its cable.</source>
            <translation>Reconectando. Si no funciona, revisa el cable.</translation>
        </message>
        <message>
            <source>Allow camera access in the system settings.</source>
            <translation>Permite el acceso a la cámara en los ajustes del sistema.</translation>
        </message>
        <message>
            <source>Camera {name} cannot be opened.</source>
            <translation>No se puede abrir la cámara {name}.</translation>
        </message>
        <message>
            <source>Close other programs that use it, or plug it in again.</source>
            <translation>Cierra otros programas que la usen o vuelve a conectarla.</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <translation>Cierra otros programas que la usen.</translation>
        </message>
        <message>
            <source>Save it to a file.</source>
            <translation>Guárdalo en un archivo.</translation>
        </message>
        <message>
            <source>{path} is a pipe or a device, not a video file.</source>
            <translation>{path} es una tubería o un dispositivo, no un archivo de vídeo.</translation>
        </message>
        <message>
            <source>Save the video to a file.</source>
            <translation>Guarda el vídeo en un archivo.</translation>
        </message>
        <message>
            <source>Use screen, or screen:X,Y,WIDTHxHEIGHT in pixels from the top-left corner.</source>
            <translation>Usa screen, o screen:X,Y,WIDTHxHEIGHT en píxeles desde la esquina superior izquierda.</translation>
        </message>
        <message>
            <source>Use it on a machine with a screen. Under Wayland, capture the window with OBS instead.</source>
            <translation>Úsalo en un equipo con pantalla. En Wayland, captura la ventana con OBS.</translation>
        </message>
        <message>
            <source>'{text}' is outside the screen, which is {width}x{height} pixels.</source>
            <translation>«{text}» queda fuera de la pantalla, de {width}x{height} píxeles.</translation>
        </message>
        <message>
            <source>'{text}' is not a part of the screen.</source>
            <translation>«{text}» no es una parte de la pantalla.</translation>
        </message>
        <message>
            <source>'{text}' is too small.</source>
            <translation>«{text}» es demasiado pequeño.</translation>
        </message>
        <message>
            <source>Each side must be at least {pixels} pixels.</source>
            <translation>Cada lado debe tener al menos {pixels} píxeles.</translation>
        </message>
        <message>
            <source>The screen is not available ({reason}).</source>
            <translation>La pantalla no está disponible ({reason}).</translation>
        </message>
        <message>
            <source>The screen cannot be captured ({reason}).</source>
            <translation>No se puede capturar la pantalla ({reason}).</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: sudo apt install libportaudio2. Or do without --voice.</source>
            <translation>En Debian y Ubuntu: sudo apt install libportaudio2. O prescinde de --voice.</translation>
        </message>
        <message>
            <source>{file} cannot be read as sound: {reason}.</source>
            <translation>No se puede leer {file} como sonido: {reason}.</translation>
        </message>
        <message>
            <source>Give a WAV file.</source>
            <translation>Indica un archivo WAV.</translation>
        </message>
        <message>
            <source>The microphone {name} cannot be used: {reason}.</source>
            <translation>No se puede usar el micrófono {name}: {reason}.</translation>
        </message>
        <message>
            <source>Connect it, allow access to it in the system's settings, or choose another one.</source>
            <translation>Conéctalo, permite el acceso en los ajustes del sistema o elige otro.</translation>
        </message>
        <message>
            <source>The library PortAudio, which reads microphones, is missing.</source>
            <translation>Falta la biblioteca PortAudio, que lee los micrófonos.</translation>
        </message>
        <message>
            <source>Check the address, and that the phone or camera is on the same network.</source>
            <translation>Comprueba la dirección y que el teléfono o la cámara estén en la misma red.</translation>
        </message>
        <message>
            <source>Use the form rtsp://HOST:PORT/PATH.</source>
            <translation>Usa el formato rtsp://HOST:PORT/PATH.</translation>
        </message>
        <message>
            <source>Use the address of its video, often the same with /video at the end.</source>
            <translation>Usa la dirección de su vídeo, que suele ser la misma con /video al final.</translation>
        </message>
        <message>
            <source>Write them into the address: http://NAME:PASSWORD@HOST/PATH.</source>
            <translation>Escríbelos en la dirección: http://NOMBRE:CONTRASEÑA@HOST/RUTA.</translation>
        </message>
        <message>
            <source>{name} has no video stream.</source>
            <translation>{name} no tiene flujo de vídeo.</translation>
        </message>
        <message>
            <source>Use the address of its video.</source>
            <translation>Usa la dirección del vídeo.</translation>
        </message>
        <message>
            <source>{name} stopped responding ({reason}).</source>
            <translation>{name} ha dejado de responder ({reason}).</translation>
        </message>
        <message>
            <source>{name} has ended.</source>
            <translation>{name} ha terminado.</translation>
        </message>
        <message>
            <source>Reconnecting.</source>
            <translation>Reconectando.</translation>
        </message>
        <message>
            <source>The address of the stream is malformed.</source>
            <translation>La dirección del flujo no es válida.</translation>
        </message>
        <message>
            <source>The address {scheme}:// has no host.</source>
            <translation>Falta el host en la dirección {scheme}://.</translation>
        </message>
        <message>
            <source>{name} asks for a user name and a password.</source>
            <translation>{name} pide un nombre de usuario y una contraseña.</translation>
        </message>
        <message>
            <source>{name} answers with a web page.</source>
            <translation>{name} responde con una página web.</translation>
        </message>
        <message>
            <source>{name} sends no video ({reason}).</source>
            <translation>{name} no envía vídeo ({reason}).</translation>
        </message>
        <message>
            <source>'{text}' names no port.</source>
            <translation>«{text}» no indica ningún puerto.</translation>
        </message>
        <message>
            <source>Write vmc:39539, or vmc:ADDRESS:PORT.</source>
            <translation>Escribe vmc:39539 o vmc:DIRECCIÓN:PUERTO.</translation>
        </message>
        <message>
            <source>The package python-osc is not installed.</source>
            <translation>El paquete python-osc no está instalado.</translation>
        </message>
        <message>
            <source>Install it with: pip install 'avatarify[vmc]'.</source>
            <translation>Instálalo con: pip install 'avatarify[vmc]'.</translation>
        </message>
        <message>
            <source>Port {port} of {address} cannot be used: {reason}.</source>
            <translation>No se puede usar el puerto {port} de {address}: {reason}.</translation>
        </message>
        <message>
            <source>Close the other program that listens there, or choose another port: vmc:PORT.</source>
            <translation>Cierra el otro programa que usa ese puerto o elige otro: vmc:PUERTO.</translation>
        </message>
        <message>
            <source>Camera {name} shows only black.</source>
            <translation>La cámara {name} solo muestra negro.</translation>
        </message>
        <message>
            <source>Open its privacy shutter, or add light.</source>
            <translation>Abre la tapa de privacidad o añade luz.</translation>
        </message>
        <message>
            <source>Camera {name} has shown the same picture for {seconds:.0f} s.</source>
            <translation>La cámara {name} muestra la misma imagen desde hace {seconds:.0f} s.</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, check its privacy switch and its cable.</source>
            <translation>Reconectando. Si no funciona, revisa el interruptor de privacidad y el cable.</translation>
        </message>
        <message>
            <source>Camera {name} has delivered no frame for {seconds:.0f} s.</source>
            <translation>La cámara {name} no envía imágenes desde hace {seconds:.0f} s.</translation>
        </message>
        <message>
            <source>If it does not recover, unplug it and plug it in again.</source>
            <translation>Si no se recupera, desconéctala y vuelve a conectarla.</translation>
        </message>
        <message>
            <source>Camera {name} is not connected.</source>
            <translation>La cámara {name} no está conectada.</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>Vuelve a conectarla.</translation>
        </message>
        <message>
            <source>Camera {name} did not respond within {seconds:.0f} s.</source>
            <translation>La cámara {name} no respondió en {seconds:.0f} s.</translation>
        </message>
        <message>
            <source>Plug it in again, or restart the computer if it is built in.</source>
            <translation>Vuelve a conectarla, o reinicia el equipo si es integrada.</translation>
        </message>
        <message>
            <source>Run: {command}</source>
            <translation>Ejecuta: {command}</translation>
        </message>
        <message>
            <source>camera</source>
            <translation>cámara</translation>
        </message>
        <message>
            <source>The system settings deny Avatarify access to cameras.</source>
            <translation>Los ajustes del sistema impiden que Avatarify acceda a las cámaras.</translation>
        </message>
        <message>
            <source>{cameras}; one is in use by {programs}.</source>
            <translation>{cameras}; una está en uso por {programs}.</translation>
        </message>
        <message>
            <source>{camera} (in use by {programs})</source>
            <translation>{camera} (en uso por {programs})</translation>
        </message>
        <message>
            <source>No permission to open {paths}.</source>
            <translation>No hay permiso para abrir {paths}.</translation>
        </message>
        <message>
            <source>Cameras cannot be listed ({reason}).</source>
            <translation>No se pueden enumerar las cámaras ({reason}).</translation>
        </message>
        <message>
            <source>Run: pip install --force-reinstall cv2-enumerate-cameras; '--camera demo' needs no camera.</source>
            <translation>Ejecuta: pip install --force-reinstall cv2-enumerate-cameras; «--camera demo» no necesita cámara.</translation>
        </message>
        <message>
            <source>Only {cameras}, which shows Avatarify's own output.</source>
            <translation>Solo {cameras}, que muestra la propia salida de Avatarify.</translation>
        </message>
        <message>
            <source>Connect a webcam; '--camera demo' needs none.</source>
            <translation>Conecta una cámara web; «--camera demo» no la necesita.</translation>
        </message>
        <message>
            <source>No camera is connected.</source>
            <translation>No hay ninguna cámara conectada.</translation>
        </message>
        <message>
            <source>Connect one; '--camera demo' needs none.</source>
            <translation>Conecta una; «--camera demo» no la necesita.</translation>
        </message>
        <message>
            <source>Close {programs} before a call: most cameras serve only one program at a time.</source>
            <translation>Cierra {programs} antes de una llamada: la mayoría de las cámaras solo sirven a un programa a la vez.</translation>
        </message>
        <message>
            <source>Python</source>
            <translation>Python</translation>
        </message>
        <message>
            <source>{version} is not tested.</source>
            <translation>{version} no se ha probado.</translation>
        </message>
        <message>
            <source>Use Python 3.11, 3.12, or 3.13.</source>
            <translation>Usa Python 3.11, 3.12 o 3.13.</translation>
        </message>
        <message>
            <source>packages</source>
            <translation>paquetes</translation>
        </message>
        <message>
            <source>Missing: {packages}.</source>
            <translation>Faltan: {packages}.</translation>
        </message>
        <message>
            <source>all {count} are installed</source>
            <translation>los {count} están instalados</translation>
        </message>
        <message>
            <source>system libraries</source>
            <translation>bibliotecas del sistema</translation>
        </message>
        <message>
            <source>none are missing</source>
            <translation>no falta ninguna</translation>
        </message>
        <message>
            <source>Qt needs system libraries that are missing: {packages}.</source>
            <translation>Qt necesita bibliotecas del sistema que faltan: {packages}.</translation>
        </message>
        <message>
            <source>window</source>
            <translation>ventana</translation>
        </message>
        <message>
            <source>There is no display.</source>
            <translation>No hay pantalla.</translation>
        </message>
        <message>
            <source>Use 'avatarify run', which needs none.</source>
            <translation>Usa «avatarify run», que no la necesita.</translation>
        </message>
        <message>
            <source>the desktop app can open</source>
            <translation>la aplicación de escritorio puede abrirse</translation>
        </message>
        <message>
            <source>folders</source>
            <translation>carpetas</translation>
        </message>
        <message>
            <source>Cannot write to {folder}: {reason}.</source>
            <translation>No se puede escribir en {folder}: {reason}.</translation>
        </message>
        <message>
            <source>Make it writable, or set AVATARIFY_CACHE, _DATA, and _CONFIG.</source>
            <translation>Dale permiso de escritura o define AVATARIFY_CACHE, _DATA y _CONFIG.</translation>
        </message>
        <message>
            <source>model</source>
            <translation>modelo</translation>
        </message>
        <message>
            <source>the built-in model is intact</source>
            <translation>el modelo integrado está intacto</translation>
        </message>
        <message>
            <source>runtime</source>
            <translation>entorno de ejecución</translation>
        </message>
        <message>
            <source>Only {free} MB are free in {folder}.</source>
            <translation>Solo quedan {free} MB libres en {folder}.</translation>
        </message>
        <message>
            <source>Free some disk space.</source>
            <translation>Libera espacio en disco.</translation>
        </message>
        <message>
            <source>writable, {free} GB free in {folder}</source>
            <translation>con permiso de escritura, {free} GB libres en {folder}</translation>
        </message>
        <message>
            <source>graphics card</source>
            <translation>tarjeta gráfica</translation>
        </message>
        <message>
            <source>{reason}: the CPU is used.</source>
            <translation>{reason}: se usa la CPU.</translation>
        </message>
        <message>
            <source>Close programs that use the GPU, or use another GPU.</source>
            <translation>Cierra los programas que usan la GPU o usa otra GPU.</translation>
        </message>
        <message>
            <source>{gpu}; {runtimes} can use it</source>
            <translation>{gpu}; {runtimes} puede usarla</translation>
        </message>
        <message>
            <source>TensorRT</source>
            <translation>TensorRT</translation>
        </message>
        <message>
            <source>{name} can be used (to build engines: avatarify build-engines)</source>
            <translation>{name} se puede usar (para construir motores: avatarify build-engines)</translation>
        </message>
        <message>
            <source>tensorrt: {tensorrt}; tensorrt-rtx: {rtx}.</source>
            <translation>tensorrt: {tensorrt}; tensorrt-rtx: {rtx}.</translation>
        </message>
        <message>
            <source>memory</source>
            <translation>memoria</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>desconocida</translation>
        </message>
        <message>
            <source>{memory} MB</source>
            <translation>{memory} MB</translation>
        </message>
        <message>
            <source>{memory} MB, but a live session with the built-in model needs {needed} MB.</source>
            <translation>{memory} MB, pero una sesión en directo con el modelo integrado necesita {needed} MB.</translation>
        </message>
        <message>
            <source>Use a machine with more memory.</source>
            <translation>Usa un equipo con más memoria.</translation>
        </message>
        <message>
            <source>{memory} MB: enough for the built-in model, but not for the full one.</source>
            <translation>{memory} MB: suficiente para el modelo integrado, pero no para el completo.</translation>
        </message>
        <message>
            <source>Close other programs before a call.</source>
            <translation>Cierra otros programas antes de una llamada.</translation>
        </message>
        <message>
            <source>no NVIDIA driver found; ONNX Runtime uses {provider}</source>
            <translation>no se encontró ningún controlador de NVIDIA; ONNX Runtime usa {provider}</translation>
        </message>
        <message>
            <source>no NVIDIA driver found; the built-in model runs on the CPU</source>
            <translation>no se encontró ningún controlador de NVIDIA; el modelo integrado funciona en la CPU</translation>
        </message>
        <message>
            <source>{gpu} is not used: {reason}.</source>
            <translation>{gpu} no se usa: {reason}.</translation>
        </message>
        <message>
            <source>{update} Then run: {command}</source>
            <translation>{update} Después ejecuta: {command}</translation>
        </message>
        <message>
            <source>{gpu} is not used and everything runs on the CPU: torch is not installed, and TensorRT is not available: {reason}.</source>
            <translation>{gpu} no se usa y todo se ejecuta en la CPU: torch no está instalado y TensorRT no está disponible: {reason}.</translation>
        </message>
        <message>
            <source>{gpu} is not used and everything runs on the CPU: torch {torch} is a CPU build, and TensorRT is not available: {reason}.</source>
            <translation>{gpu} no se usa y todo funciona en la CPU: torch {torch} es una versión para CPU y TensorRT no está disponible: {reason}.</translation>
        </message>
        <message>
            <source>not used: no NVIDIA GPU found (tensorrt-rtx is installed). {requirements}</source>
            <translation>no se usa: no se encontró ninguna GPU de NVIDIA (tensorrt-rtx está instalado). {requirements}</translation>
        </message>
        <message>
            <source>not used: no NVIDIA GPU found (tensorrt-rtx is not installed). {requirements}</source>
            <translation>no se usa: no se encontró ninguna GPU de NVIDIA (tensorrt-rtx no está instalado). {requirements}</translation>
        </message>
        <message>
            <source>It requires an NVIDIA GPU of compute capability 7.5 or newer (RTX 20 series, GTX 16 series) with {memory} MB of memory; a driver for CUDA {cuda} (version {driver} or newer); and: {command}</source>
            <translation>Requiere una GPU de NVIDIA con capacidad de cómputo 7.5 o superior (serie RTX 20, serie GTX 16) y {memory} MB de memoria; un controlador para CUDA {cuda} (versión {driver} o posterior); y: {command}</translation>
        </message>
        <message>
            <source>Install NVIDIA driver {driver} or newer (Ubuntu: sudo ubuntu-drivers install), then restart.</source>
            <translation>Instala el controlador de NVIDIA {driver} o posterior (Ubuntu: sudo ubuntu-drivers install) y reinicia.</translation>
        </message>
        <message>
            <source>Install NVIDIA driver {driver} or newer from nvidia.com/drivers, then restart.</source>
            <translation>Instala el controlador de NVIDIA {driver} o posterior desde nvidia.com/drivers y reinicia.</translation>
        </message>
        <message>
            <source>virtual camera</source>
            <translation>cámara virtual</translation>
        </message>
        <message>
            <source>Nothing is built for {target}: {reason}.</source>
            <translation>No se construye nada para {target}: {reason}.</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor'.</source>
            <translation>Ejecuta «avatarify doctor».</translation>
        </message>
        <message>
            <source>not compared: no NVIDIA driver found; the first start on a GPU compares it</source>
            <translation>sin comparar: no se encontró ningún controlador de NVIDIA; se compara en el primer inicio con una GPU</translation>
        </message>
        <message>
            <source>comparing {target} with torch</source>
            <translation>comparando {target} con torch</translation>
        </message>
        <message>
            <source>The engine {target} {precision} of '{model}'</source>
            <translation>El motor {target} {precision} de «{model}»</translation>
        </message>
        <message>
            <source>valid</source>
            <translation>válido</translation>
        </message>
        <message>
            <source>another process has built it</source>
            <translation>otro proceso lo ha construido</translation>
        </message>
        <message>
            <source>requested with --force</source>
            <translation>solicitado con --force</translation>
        </message>
        <message>
            <source>{engine}: waiting for another process that builds it</source>
            <translation>{engine}: esperando a otro proceso que lo construye</translation>
        </message>
        <message>
            <source>unpacking the graphs</source>
            <translation>desempaquetando los grafos</translation>
        </message>
        <message>
            <source>No engines of '{model}' have been built.</source>
            <translation>No se ha construido ningún motor de «{model}».</translation>
        </message>
        <message>
            <source>Run: avatarify build-engines --model {model}</source>
            <translation>Ejecuta: avatarify build-engines --model {model}</translation>
        </message>
        <message>
            <source>waiting for another process</source>
            <translation>esperando a otro proceso</translation>
        </message>
        <message>
            <source>The ONNX files of '{model}' do not compute what torch does: {problems}.</source>
            <translation>Los archivos ONNX de «{model}» no calculan lo mismo que torch: {problems}.</translation>
        </message>
        <message>
            <source>Use --runtime torch, and report this.</source>
            <translation>Usa --runtime torch e infórmanos de esto.</translation>
        </message>
        <message>
            <source>torch {version} is a CPU build, although this machine has an NVIDIA GPU</source>
            <translation>torch {version} es una versión para CPU, aunque este equipo tiene una GPU de NVIDIA</translation>
        </message>
        <message>
            <source>the package openvino is not installed (pip install openvino)</source>
            <translation>el paquete openvino no está instalado (pip install openvino)</translation>
        </message>
        <message>
            <source>the package onnxruntime is not installed (pip install onnxruntime)</source>
            <translation>el paquete onnxruntime no está instalado (pip install onnxruntime)</translation>
        </message>
        <message>
            <source>this build of ONNX Runtime does not include it</source>
            <translation>esta versión de ONNX Runtime no lo incluye</translation>
        </message>
        <message>
            <source>it is faster than the CPU of this computer</source>
            <translation>es más rápido que la CPU de este ordenador</translation>
        </message>
        <message>
            <source>NVIDIA GPU found</source>
            <translation>se encontró una GPU de NVIDIA</translation>
        </message>
        <message>
            <source>NVIDIA RTX GPU found</source>
            <translation>se encontró una GPU NVIDIA RTX</translation>
        </message>
        <message>
            <source>nothing faster can be used on this machine</source>
            <translation>en este equipo no se puede usar nada más rápido</translation>
        </message>
        <message>
            <source>GPU found by DirectML</source>
            <translation>GPU encontrada mediante DirectML</translation>
        </message>
        <message>
            <source>GPU found by CoreML</source>
            <translation>GPU encontrada mediante CoreML</translation>
        </message>
        <message>
            <source>no usable GPU, and OpenVINO is fastest on a CPU</source>
            <translation>no hay GPU utilizable y OpenVINO es lo más rápido en una CPU</translation>
        </message>
        <message>
            <source>No runtime can execute the model.</source>
            <translation>Ningún entorno de ejecución puede ejecutar el modelo.</translation>
        </message>
        <message>
            <source>The model runs on {runtime} instead: {device}.</source>
            <translation>En su lugar, el modelo se ejecuta con {runtime}: {device}.</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason}.</source>
            <translation>{runtime} no se usa: {reason}.</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason} It is being built in the background; start again in a minute.</source>
            <translation>{runtime} no se usa: {reason} Se está construyendo en segundo plano; vuelve a iniciar en un minuto.</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason}</source>
            <translation>{runtime} no se usa: {reason}</translation>
        </message>
        <message>
            <source>The runtime {runtime} cannot be used: {reason}.</source>
            <translation>No se puede usar el entorno {runtime}: {reason}.</translation>
        </message>
        <message>
            <source>Use --runtime auto.</source>
            <translation>Usa --runtime auto.</translation>
        </message>
        <message>
            <source>{runtime}: requested</source>
            <translation>{runtime}: solicitado</translation>
        </message>
        <message>
            <source>There is no runtime '{runtime}'.</source>
            <translation>No existe el entorno «{runtime}».</translation>
        </message>
        <message>
            <source>key points differ by {value:.4f} (limit {limit})</source>
            <translation>los puntos clave difieren en {value:.4f} (límite {limit})</translation>
        </message>
        <message>
            <source>mean image difference {value:.2f}/255 (limit {limit:g}/255)</source>
            <translation>diferencia media de imagen {value:.2f}/255 (límite {limit:g}/255)</translation>
        </message>
        <message>
            <source>mean motion difference {value:.4f} (limit {limit})</source>
            <translation>diferencia media de movimiento {value:.4f} (límite {limit})</translation>
        </message>
        <message>
            <source>{subject} was rejected: {problems}.</source>
            <translation>{subject} se rechazó: {problems}.</translation>
        </message>
        <message>
            <source>Build it again with --precision fp32, or report this.</source>
            <translation>Constrúyelo de nuevo con --precision fp32 o infórmanos.</translation>
        </message>
        <message>
            <source>reading the weights</source>
            <translation>leyendo los pesos</translation>
        </message>
        <message>
            <source>writing {graph} as ONNX</source>
            <translation>escribiendo {graph} como ONNX</translation>
        </message>
        <message>
            <source>running the reference on real frames</source>
            <translation>ejecutando la referencia con fotogramas reales</translation>
        </message>
        <message>
            <source>comparing ONNX with torch</source>
            <translation>comparando ONNX con torch</translation>
        </message>
        <message>
            <source>OpenVINO finds no {device} here (it finds: {found}).</source>
            <translation>OpenVINO no encuentra ninguna {device} aquí (encuentra: {found}).</translation>
        </message>
        <message>
            <source>Install Intel's driver for it, or use --runtime auto.</source>
            <translation>Instala el controlador de Intel o usa --runtime auto.</translation>
        </message>
        <message>
            <source>{runtime} for '{model}'</source>
            <translation>{runtime} para «{model}»</translation>
        </message>
        <message>
            <source>compiling for {device}</source>
            <translation>compilando para {device}</translation>
        </message>
        <message>
            <source>comparing the speed of {device} and CPU</source>
            <translation>comparando la velocidad de {device} y CPU</translation>
        </message>
        <message>
            <source>The CPU is faster: {cpu:.0f} ms a frame, {device} {other:.0f} ms.</source>
            <translation>La CPU es más rápida: {cpu:.0f} ms por fotograma, {device} {other:.0f} ms.</translation>
        </message>
        <message>
            <source>Use --runtime {runtime} to use it all the same.</source>
            <translation>Usa --runtime {runtime} para usarlo de todos modos.</translation>
        </message>
        <message>
            <source>{target} cannot be used: {reason}.</source>
            <translation>No se puede usar {target}: {reason}.</translation>
        </message>
        <message>
            <source>The package websockets is not installed.</source>
            <translation>El paquete websockets no está instalado.</translation>
        </message>
        <message>
            <source>Install it: pip install 'avatarify[remote]'</source>
            <translation>Instálalo: pip install 'avatarify[remote]'</translation>
        </message>
        <message>
            <source>compiling</source>
            <translation>compilando</translation>
        </message>
        <message>
            <source>OpenVINO cannot build {graph}: {reason}.</source>
            <translation>OpenVINO no puede construir {graph}: {reason}.</translation>
        </message>
        <message>
            <source>Report this with the full message.</source>
            <translation>Infórmanos con el mensaje completo.</translation>
        </message>
        <message>
            <source>{cpu} does not multiply 16-bit numbers.</source>
            <translation>{cpu} no multiplica números de 16 bits.</translation>
        </message>
        <message>
            <source>Use --precision fp32.</source>
            <translation>Usa --precision fp32.</translation>
        </message>
        <message>
            <source>{graph} of '{model}' for {target} {precision}</source>
            <translation>{graph} de «{model}» para {target} {precision}</translation>
        </message>
        <message>
            <source>not built yet</source>
            <translation>aún no construido</translation>
        </message>
        <message>
            <source>its manifest cannot be read</source>
            <translation>no se puede leer su manifiesto</translation>
        </message>
        <message>
            <source>truncated</source>
            <translation>incompleto</translation>
        </message>
        <message>
            <source>larger than its manifest says</source>
            <translation>más grande de lo que indica su manifiesto</translation>
        </message>
        <message>
            <source>damaged: its SHA-256 differs from the manifest's</source>
            <translation>dañado: su SHA-256 no coincide con el del manifiesto</translation>
        </message>
        <message>
            <source>No valid engine {engine}: {reason}.</source>
            <translation>No hay un motor válido {engine}: {reason}.</translation>
        </message>
        <message>
            <source>Run: avatarify build-engines --model {model} --target {target}</source>
            <translation>Ejecuta: avatarify build-engines --model {model} --target {target}</translation>
        </message>
        <message>
            <source>built by {found}, but this is {wanted}</source>
            <translation>construido por {found}, pero aquí es {wanted}</translation>
        </message>
        <message>
            <source>built for {found}, but this is {wanted}</source>
            <translation>construido para {found}, pero aquí es {wanted}</translation>
        </message>
        <message>
            <source>built with other settings</source>
            <translation>construido con otros ajustes</translation>
        </message>
        <message>
            <source>built from another graph</source>
            <translation>construido a partir de otro grafo</translation>
        </message>
        <message>
            <source>Preparing the model '{model}' for this computer. This is done once and takes about {seconds:.0f} seconds.</source>
            <translation>Preparando el modelo «{model}» para este ordenador. Se hace una sola vez y tarda unos {seconds:.0f} segundos.</translation>
        </message>
        <message>
            <source>{problem} Until then the model is prepared again at each start.</source>
            <translation>{problem} Hasta entonces, el modelo se preparará de nuevo en cada inicio.</translation>
        </message>
        <message>
            <source>The recipe {file} cannot be read: {reason}.</source>
            <translation>No se puede leer la receta {file}: {reason}.</translation>
        </message>
        <message>
            <source>The reference {file} cannot be read: {reason}.</source>
            <translation>No se puede leer la referencia {file}: {reason}.</translation>
        </message>
        <message>
            <source>Delete it; it will be made again.</source>
            <translation>Elimínala; se creará de nuevo.</translation>
        </message>
        <message>
            <source>The reference frames in {file} are missing or damaged.</source>
            <translation>Los fotogramas de referencia de {file} faltan o están dañados.</translation>
        </message>
        <message>
            <source>{file} has no warp at which it could be split.</source>
            <translation>{file} no tiene ninguna deformación por la que dividirlo.</translation>
        </message>
        <message>
            <source>the package {name} is not installed (pip install 'avatarify[{name}]')</source>
            <translation>el paquete {name} no está instalado (pip install 'avatarify[{name}]')</translation>
        </message>
        <message>
            <source>it builds for the GPU of this machine, and no NVIDIA driver was found</source>
            <translation>construye para la GPU de este equipo y no se encontró ningún controlador de NVIDIA</translation>
        </message>
        <message>
            <source>retrying with the warps kept separate</source>
            <translation>reintentando con las deformaciones separadas</translation>
        </message>
        <message>
            <source>starting the builder</source>
            <translation>iniciando el constructor</translation>
        </message>
        <message>
            <source>TensorRT-RTX does not support compute capability {unknown}.</source>
            <translation>TensorRT-RTX no admite la capacidad de cómputo {unknown}.</translation>
        </message>
        <message>
            <source>Choose from: {known}.</source>
            <translation>Elige entre: {known}.</translation>
        </message>
        <message>
            <source>This version of TensorRT-RTX, {version}, does not support compute capability {capability}.</source>
            <translation>Esta versión de TensorRT-RTX, {version}, no admite la capacidad de cómputo {capability}.</translation>
        </message>
        <message>
            <source>Leave it out of --compute-capability, or install a newer version.</source>
            <translation>Quítala de --compute-capability o instala una versión más reciente.</translation>
        </message>
        <message>
            <source>{target} cannot build {graph}: {log}</source>
            <translation>{target} no puede construir {graph}: {log}</translation>
        </message>
        <message>
            <source>no reason given</source>
            <translation>sin motivo indicado</translation>
        </message>
        <message>
            <source>Float16 engines need ONNX Runtime's converter.</source>
            <translation>Los motores float16 necesitan el conversor de ONNX Runtime.</translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime, or use --precision fp32.</source>
            <translation>Ejecuta: pip install onnxruntime, o usa --precision fp32.</translation>
        </message>
        <message>
            <source>The model file {path} cannot be read.</source>
            <translation>No se puede leer el archivo de modelo {path}.</translation>
        </message>
        <message>
            <source>The model file {path} is damaged.</source>
            <translation>El archivo de modelo {path} está dañado.</translation>
        </message>
        <message>
            <source>'{text}' does not say which face to follow.</source>
            <translation>«{text}» no indica qué cara hay que seguir.</translation>
        </message>
        <message>
            <source>Give largest, left, right, or a place in the camera's picture in pixels: X,Y.</source>
            <translation>Indica largest, left, right o un punto de la imagen de la cámara en píxeles: X,Y.</translation>
        </message>
        <message>
            <source>'{text}' is not a size.</source>
            <translation>«{text}» no es un tamaño.</translation>
        </message>
        <message>
            <source>Write it as WIDTHxHEIGHT, such as 1280x720.</source>
            <translation>Escríbelo como WIDTHxHEIGHT, por ejemplo 1280x720.</translation>
        </message>
        <message>
            <source>The size {text} cannot be used.</source>
            <translation>No se puede usar el tamaño {text}.</translation>
        </message>
        <message>
            <source>Both sides must be even and from 16 to 4096.</source>
            <translation>Ambos lados deben ser pares y estar entre 16 y 4096.</translation>
        </message>
        <message>
            <source>The weights {path} cannot be read: {reason}.</source>
            <translation>No se pueden leer los pesos {path}: {reason}.</translation>
        </message>
        <message>
            <source>The model has an unknown graph '{graph}'.</source>
            <translation>El modelo tiene un grafo desconocido «{graph}».</translation>
        </message>
        <message>
            <source>Build the engines again with 'avatarify build-engines --force'.</source>
            <translation>Construye de nuevo los motores con «avatarify build-engines --force».</translation>
        </message>
        <message>
            <source>The model has no graph '{graph}'.</source>
            <translation>El modelo no tiene el grafo «{graph}».</translation>
        </message>
        <message>
            <source>The graph {graph} has no tensor '{name}'.</source>
            <translation>El grafo {graph} no tiene el tensor «{name}».</translation>
        </message>
        <message>
            <source>The graph {graph} has an unknown tensor '{name}'.</source>
            <translation>El grafo {graph} tiene un tensor desconocido «{name}».</translation>
        </message>
        <message>
            <source>The tensor '{name}' of the graph {graph} is {found}, but must be {wanted}.</source>
            <translation>El tensor «{name}» del grafo {graph} es {found}, pero debe ser {wanted}.</translation>
        </message>
        <message>
            <source>The graph {graph} is not valid ONNX: {reason}</source>
            <translation>El grafo {graph} no es ONNX válido: {reason}</translation>
        </message>
        <message>
            <source>Report this.</source>
            <translation>Infórmanos de esto.</translation>
        </message>
        <message>
            <source>The graph {graph} cannot be exported to ONNX: {reason}</source>
            <translation>No se puede exportar el grafo {graph} a ONNX: {reason}</translation>
        </message>
        <message>
            <source>A graph of the model lacks the tensor '{name}'.</source>
            <translation>A un grafo del modelo le falta el tensor «{name}».</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, AVIF, BMP, or TIFF image.</source>
            <translation>Usa una imagen PNG, JPEG, WebP, AVIF, BMP o TIFF.</translation>
        </message>
        <message>
            <source>{path} is a folder, not an image.</source>
            <translation>{path} es una carpeta, no una imagen.</translation>
        </message>
        <message>
            <source>Choose one image in it.</source>
            <translation>Elige una imagen de la carpeta.</translation>
        </message>
        <message>
            <source>The image {path} does not exist.</source>
            <translation>La imagen {path} no existe.</translation>
        </message>
        <message>
            <source>The image {path} cannot be read: {reason}.</source>
            <translation>No se puede leer la imagen {path}: {reason}.</translation>
        </message>
        <message>
            <source>Check its permissions.</source>
            <translation>Revisa sus permisos.</translation>
        </message>
        <message>
            <source>There is not enough memory for the image {name}.</source>
            <translation>No hay suficiente memoria para la imagen {name}.</translation>
        </message>
        <message>
            <source>Reduce it.</source>
            <translation>Redúcela.</translation>
        </message>
        <message>
            <source>The image {name} is truncated.</source>
            <translation>La imagen {name} está incompleta.</translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <translation>Cópiala o descárgala de nuevo.</translation>
        </message>
        <message>
            <source>{name} is not an image that can be read.</source>
            <translation>{name} no es una imagen legible.</translation>
        </message>
        <message>
            <source>The image {name} is only {width}x{height} pixels.</source>
            <translation>La imagen {name} solo tiene {width}x{height} píxeles.</translation>
        </message>
        <message>
            <source>Use a larger one.</source>
            <translation>Usa una más grande.</translation>
        </message>
        <message>
            <source>The image {name} has more than {limit} megapixels.</source>
            <translation>La imagen {name} tiene más de {limit} megapíxeles.</translation>
        </message>
        <message>
            <source>{name} is a HEIC image, which cannot be read here.</source>
            <translation>{name} es una imagen HEIC, que aquí no se puede leer.</translation>
        </message>
        <message>
            <source>Save it as JPEG, or run: pip install pi-heif.</source>
            <translation>Guárdala como JPEG o ejecuta: pip install pi-heif.</translation>
        </message>
        <message>
            <source>The camera's image size changed from {before} to {after}.</source>
            <translation>El tamaño de imagen de la cámara cambió de {before} a {after}.</translation>
        </message>
        <message>
            <source>Look straight ahead for a moment.</source>
            <translation>Mira al frente un momento.</translation>
        </message>
        <message>
            <source>Camera {name} delivers only {measured:.0f} of {nominal:.0f} fps. Better lighting or a USB port of its own may help.</source>
            <translation>La cámara {name} solo envía {measured:.0f} de {nominal:.0f} fps. Una mejor iluminación o un puerto USB propio pueden ayudar.</translation>
        </message>
        <message>
            <source>Camera {name} reports invalid timestamps; using arrival times instead.</source>
            <translation>La cámara {name} indica marcas de tiempo no válidas; se usan las horas de llegada.</translation>
        </message>
        <message>
            <source>The camera {name} failed: {reason}.</source>
            <translation>La cámara {name} ha fallado: {reason}.</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, unplug the camera and plug it in again.</source>
            <translation>Reconectando. Si no funciona, desconecta la cámara y vuelve a conectarla.</translation>
        </message>
        <message>
            <source>The camera {name} is the virtual camera that Avatarify sends to.</source>
            <translation>La cámara {name} es la cámara virtual a la que envía Avatarify.</translation>
        </message>
        <message>
            <source>Choose the camera that sees you; 'avatarify devices' lists them.</source>
            <translation>Elige la cámara en la que apareces; «avatarify devices» las enumera.</translation>
        </message>
        <message>
            <source>{name} is not responding and cannot be changed now.</source>
            <translation>{name} no responde y no se puede cambiar ahora.</translation>
        </message>
        <message>
            <source>Try again in a moment.</source>
            <translation>Vuelve a intentarlo en un momento.</translation>
        </message>
        <message>
            <source>{name} has not taken a picture for {seconds:.0f} s.</source>
            <translation>{name} no acepta imágenes desde hace {seconds:.0f} s.</translation>
        </message>
        <message>
            <source>If it does not recover by itself, close the program that shows it.</source>
            <translation>Si no se recupera solo, cierra el programa que la muestra.</translation>
        </message>
        <message>
            <source>{name} failed: {reason}.</source>
            <translation>{name} ha fallado: {reason}.</translation>
        </message>
        <message>
            <source>This computer is too slow or too busy: showing every second frame ({fps:.0f} fps).</source>
            <translation>Este equipo es demasiado lento o está sobrecargado: se muestra uno de cada dos fotogramas ({fps:.0f} fps).</translation>
        </message>
        <message>
            <source>Reduced detail to keep {fps:.0f} fps.</source>
            <translation>Detalle reducido para mantener {fps:.0f} fps.</translation>
        </message>
        <message>
            <source>The {name} thread did not end within {seconds:.0f} s.</source>
            <translation>El hilo {name} no terminó en {seconds:.0f} s.</translation>
        </message>
        <message>
            <source>Unplug the camera or close the program that uses it, then start Avatarify again.</source>
            <translation>Desconecta la cámara o cierra el programa que la usa y vuelve a iniciar avatarify.</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be written: {reason}.</source>
            <translation>No se puede escribir en la carpeta {folder}: {reason}.</translation>
        </message>
        <message>
            <source>Make it writable, free some space, or choose another folder with --output or AVATARIFY_CACHE.</source>
            <translation>Dale permiso de escritura, libera espacio o elige otra carpeta con --output o AVATARIFY_CACHE.</translation>
        </message>
        <message>
            <source>Another process has been holding {file} for 15 minutes.</source>
            <translation>Otro proceso retiene {file} desde hace 15 minutos.</translation>
        </message>
        <message>
            <source>End that process, then try again.</source>
            <translation>Finaliza ese proceso y vuelve a intentarlo.</translation>
        </message>
        <message>
            <source>Programs may use only {allowed} MB of memory here, but a model needs {needed} MB.</source>
            <translation>Aquí los programas solo pueden usar {allowed} MB de memoria, pero un modelo necesita {needed} MB.</translation>
        </message>
        <message>
            <source>Raise the limit, for example with: ulimit -v unlimited</source>
            <translation>Aumenta el límite, por ejemplo con: ulimit -v unlimited</translation>
        </message>
        <message>
            <source>A key point's Jacobian cannot be inverted.</source>
            <translation>El jacobiano de un punto clave no se puede invertir.</translation>
        </message>
        <message>
            <source>Look at the camera and recalibrate.</source>
            <translation>Mira a la cámara y recalibra.</translation>
        </message>
        <message>
            <source>The key points enclose no area.</source>
            <translation>Los puntos clave no encierran ningún área.</translation>
        </message>
        <message>
            <source>The key points are not numbers.</source>
            <translation>Los puntos clave no son números.</translation>
        </message>
        <message>
            <source>Recalibrate, or try another model.</source>
            <translation>Recalibra o prueba con otro modelo.</translation>
        </message>
        <message>
            <source>The sizes '{name}' are unknown.</source>
            <translation>Los tamaños «{name}» son desconocidos.</translation>
        </message>
        <message>
            <source>Known sizes: {known}.</source>
            <translation>Tamaños conocidos: {known}.</translation>
        </message>
        <message>
            <source>{path} has no dict with the parts kp_detector and generator.</source>
            <translation>{path} no contiene un dict con las partes kp_detector y generator.</translation>
        </message>
        <message>
            <source>Checkpoints of the First Order Motion Model, such as vox-cpk.pth.tar, can be used.</source>
            <translation>Se pueden usar checkpoints del First Order Motion Model, como vox-cpk.pth.tar.</translation>
        </message>
        <message>
            <source>{path} is a model of the kind {kind}, which does not run live.</source>
            <translation>{path} es un modelo del tipo {kind}, que no funciona en directo.</translation>
        </message>
        <message>
            <source>Use it as --model of 'avatarify animate', 'evaluate --reconstruct', or 'figures'.</source>
            <translation>Úsalo como --model de «avatarify animate», «evaluate --reconstruct» o «figures».</translation>
        </message>
        <message>
            <source>{path} was not written by 'avatarify train'.</source>
            <translation>{path} no lo ha escrito «avatarify train».</translation>
        </message>
        <message>
            <source>Give the model.safetensors of a training run, or a .pth.tar.</source>
            <translation>Indica el model.safetensors de un «avatarify train» o un .pth.tar.</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}.</source>
            <translation>No se puede escribir {path}: {reason}.</translation>
        </message>
        <message>
            <source>Free some space, or check the folder.</source>
            <translation>Libera espacio o comprueba la carpeta.</translation>
        </message>
        <message>
            <source>missing tensors: {count} ({names})</source>
            <translation>tensores que faltan: {count} ({names})</translation>
        </message>
        <message>
            <source>unknown tensors: {count} ({names})</source>
            <translation>tensores desconocidos: {count} ({names})</translation>
        </message>
        <message>
            <source>tensors of another shape: {count} ({names})</source>
            <translation>tensores de otra forma: {count} ({names})</translation>
        </message>
        <message>
            <source>{path} contains more than weights ({name}) and was not read.</source>
            <translation>{path} contiene más que pesos ({name}) y no se ha leído.</translation>
        </message>
        <message>
            <source>Use a file from the model's own publisher.</source>
            <translation>Usa un archivo del editor del modelo.</translation>
        </message>
        <message>
            <source>{path} is damaged or truncated and cannot be read.</source>
            <translation>{path} está dañado o incompleto y no se puede leer.</translation>
        </message>
        <message>
            <source>{path} does not fit the model: {problems}.</source>
            <translation>{path} no encaja con el modelo: {problems}.</translation>
        </message>
        <message>
            <source>{path} has tensors of a kind that cannot be used: {names}.</source>
            <translation>{path} tiene tensores de un tipo que no se puede usar: {names}.</translation>
        </message>
        <message>
            <source>{path} has numbers that are not finite: {names}.</source>
            <translation>{path} contiene números no finitos: {names}.</translation>
        </message>
        <message>
            <source>The checkpoint {path} cannot be read: {reason}.</source>
            <translation>No se puede leer el punto de control {path}: {reason}.</translation>
        </message>
        <message>
            <source>{path} is a web page, not a checkpoint.</source>
            <translation>{path} es una página web, no un checkpoint.</translation>
        </message>
        <message>
            <source>Download the file itself.</source>
            <translation>Descarga el archivo en sí.</translation>
        </message>
        <message>
            <source>{path} is not a torch checkpoint.</source>
            <translation>{path} no es un punto de control de torch.</translation>
        </message>
        <message>
            <source>Give a .pth.tar file such as vox-cpk.pth.tar.</source>
            <translation>Indica un archivo .pth.tar como vox-cpk.pth.tar.</translation>
        </message>
        <message>
            <source>{path} has more than {limit} tensors, which no model here has.</source>
            <translation>{path} tiene más de {limit} tensores; ningún modelo de aquí tiene tantos.</translation>
        </message>
        <message>
            <source>{path} is an archive of other files.</source>
            <translation>{path} es un archivo comprimido con otros ficheros.</translation>
        </message>
        <message>
            <source>Unpack it, and give the checkpoint inside.</source>
            <translation>Descomprímelo e indica el checkpoint que contiene.</translation>
        </message>
        <message>
            <source>The sizes in the manifest are not valid.</source>
            <translation>Los tamaños del manifiesto no son válidos.</translation>
        </message>
        <message>
            <source>Import the model again.</source>
            <translation>Vuelve a importar el modelo.</translation>
        </message>
        <message>
            <source>The interrupted recording {file} cannot be moved or deleted: {reason}.</source>
            <translation>No se puede mover ni eliminar la grabación interrumpida {file}: {reason}.</translation>
        </message>
        <message>
            <source>Make its folder writable, or free some disk space.</source>
            <translation>Permita escribir en su carpeta o libere espacio en el disco.</translation>
        </message>
        <message>
            <source>Cannot serve the page {address}: {reason}.</source>
            <translation>No se puede ofrecer la página {address}: {reason}.</translation>
        </message>
        <message>
            <source>Choose another port: --sink http://{host}:{next_port}</source>
            <translation>Elige otro puerto: --sink http://{host}:{next_port}</translation>
        </message>
        <message>
            <source>The page {address} is closed.</source>
            <translation>La página {address} está cerrada.</translation>
        </message>
        <message>
            <source>Open it again.</source>
            <translation>Ábrela de nuevo.</translation>
        </message>
        <message>
            <source>The recording {name} is finished.</source>
            <translation>La grabación {name} ha terminado.</translation>
        </message>
        <message>
            <source>Start a new one.</source>
            <translation>Inicia una nueva.</translation>
        </message>
        <message>
            <source>Cannot write to the folder {folder}: {reason}.</source>
            <translation>No se puede escribir en la carpeta {folder}: {reason}.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Elige otra carpeta.</translation>
        </message>
        <message>
            <source>Free some disk space or use another disk.</source>
            <translation>Libera espacio o usa otro disco.</translation>
        </message>
        <message>
            <source>What was recorded before is in {name}. {advice}</source>
            <translation>Lo grabado hasta ahora está en {name}. {advice}</translation>
        </message>
        <message>
            <source>Cannot write {name}: {reason}.</source>
            <translation>No se puede escribir {name}: {reason}.</translation>
        </message>
        <message>
            <source>A video of {size} cannot be written.</source>
            <translation>No se puede escribir un vídeo de {size}.</translation>
        </message>
        <message>
            <source>Both sides must be even.</source>
            <translation>Ambos lados deben ser pares.</translation>
        </message>
        <message>
            <source>{file} is not an MP4 file name.</source>
            <translation>{file} no es un nombre de archivo MP4.</translation>
        </message>
        <message>
            <source>End it in {suffix}.</source>
            <translation>Debe terminar en {suffix}.</translation>
        </message>
        <message>
            <source>A video of {fps:g} fps cannot be written.</source>
            <translation>No se puede escribir un vídeo de {fps:g} fps.</translation>
        </message>
        <message>
            <source>Use 1 to 240 fps.</source>
            <translation>Usa de 1 a 240 fps.</translation>
        </message>
        <message>
            <source>A sink is named twice.</source>
            <translation>Un destino aparece dos veces.</translation>
        </message>
        <message>
            <source>Name each sink once.</source>
            <translation>Indica cada destino una sola vez.</translation>
        </message>
        <message>
            <source>'{text}' is not a valid sink.</source>
            <translation>«{text}» no es un destino válido.</translation>
        </message>
        <message>
            <source>Use virtual, null, mjpeg, or a file ending in {suffix}.</source>
            <translation>Usa virtual, null, mjpeg o un archivo terminado en {suffix}.</translation>
        </message>
        <message>
            <source>'{text}' is not a page of this machine.</source>
            <translation>«{text}» no es una página de este equipo.</translation>
        </message>
        <message>
            <source>Use http://127.0.0.1:{port}.</source>
            <translation>Usa http://127.0.0.1:{port}.</translation>
        </message>
        <message>
            <source>There is no virtual camera for this system.</source>
            <translation>No hay cámara virtual para este sistema.</translation>
        </message>
        <message>
            <source>Use '--sink mjpeg' and a browser source in OBS.</source>
            <translation>Usa «--sink mjpeg» y una fuente de navegador en OBS.</translation>
        </message>
        <message>
            <source>Another program sends to the OBS camera: stop the virtual camera in OBS.</source>
            <translation>Otro programa envía a la cámara de OBS: detén la cámara virtual en OBS.</translation>
        </message>
        <message>
            <source>Choose a name that 'avatarify devices' lists.</source>
            <translation>Elige un nombre de los que enumera «avatarify devices».</translation>
        </message>
        <message>
            <source>Another program sends to it, or a program that showed it is still open: close both. If that does not help: sudo modprobe -r v4l2loopback, then {command}</source>
            <translation>Otro programa envía a ella, o sigue abierto uno que la mostraba: cierra ambos. Si no sirve: sudo modprobe -r v4l2loopback y después {command}</translation>
        </message>
        <message>
            <source>A program still shows frames of another size: turn off its camera, or close the program.</source>
            <translation>Un programa aún muestra imágenes de otro tamaño: apaga su cámara o ciérralo.</translation>
        </message>
        <message>
            <source>Avatarify already sends to it: stop the other session.</source>
            <translation>Avatarify ya envía a ella: detén la otra sesión.</translation>
        </message>
        <message>
            <source>Secure Boot requires a signed module: sudo mokutil --import {key}, restart, and choose 'Enroll MOK' on the blue screen.</source>
            <translation>Secure Boot exige un módulo firmado: sudo mokutil --import {key}, reinicia y elige «Enroll MOK» en la pantalla azul.</translation>
        </message>
        <message>
            <source>Close all programs that use the virtual camera, including the browser, then run the command again.</source>
            <translation>Cierra todos los programas que usan la cámara virtual, también el navegador, y vuelve a ejecutar el comando.</translation>
        </message>
        <message>
            <source>It was not built for this kernel: restart if a newer one is installed, then run the command again.</source>
            <translation>No se construyó para este núcleo: reinicia si hay uno más reciente instalado y vuelve a ejecutar el comando.</translation>
        </message>
        <message>
            <source>Run: sudo apt-get update, then run the command again.</source>
            <translation>Ejecuta: sudo apt-get update y vuelve a ejecutar el comando.</translation>
        </message>
        <message>
            <source>On Fedora it is in RPM Fusion: enable rpmfusion-free, then run the command again.</source>
            <translation>En Fedora está en RPM Fusion: activa rpmfusion-free y vuelve a ejecutar el comando.</translation>
        </message>
        <message>
            <source>v4l2loopback is loaded but has no device.</source>
            <translation>v4l2loopback está cargado, pero no tiene ningún dispositivo.</translation>
        </message>
        <message>
            <source>Run: sudo mokutil --import {key}, restart, and choose 'Enroll MOK' on the blue screen; then: {command}</source>
            <translation>Ejecuta: sudo mokutil --import {key}, reinicia y elige «Enroll MOK» en la pantalla azul; después: {command}</translation>
        </message>
        <message>
            <source>v4l2loopback is not loaded, and Secure Boot only loads signed modules.</source>
            <translation>v4l2loopback no está cargado y Secure Boot solo carga módulos firmados.</translation>
        </message>
        <message>
            <source>v4l2loopback is installed but not loaded.</source>
            <translation>v4l2loopback está instalado, pero no cargado.</translation>
        </message>
        <message>
            <source>v4l2loopback is not built for kernel {release}: the kernel headers are missing.</source>
            <translation>v4l2loopback no está construido para el núcleo {release}: faltan las cabeceras.</translation>
        </message>
        <message>
            <source>Install it with your system's package manager, then run: {command}</source>
            <translation>Instálalo con el gestor de paquetes de tu sistema y después ejecuta: {command}</translation>
        </message>
        <message>
            <source>v4l2loopback is not installed.</source>
            <translation>v4l2loopback no está instalado.</translation>
        </message>
        <message>
            <source>{devices}, without exclusive_caps: Chrome and Meet do not list it.</source>
            <translation>{devices}, sin exclusive_caps: Chrome y Meet no la muestran.</translation>
        </message>
        <message>
            <source>Close programs that use it, then run: {command}</source>
            <translation>Cierra los programas que la usan y después ejecuta: {command}</translation>
        </message>
        <message>
            <source>{devices}: Zoom ignores devices with so high a number.</source>
            <translation>{devices}: Zoom ignora los dispositivos con un número tan alto.</translation>
        </message>
        <message>
            <source>Load v4l2loopback with a lower video_nr.</source>
            <translation>Carga v4l2loopback con un video_nr más bajo.</translation>
        </message>
        <message>
            <source>OBS Virtual Camera</source>
            <translation>OBS Virtual Camera</translation>
        </message>
        <message>
            <source>The camera extension of OBS is not approved.</source>
            <translation>La extensión de cámara de OBS no está aprobada.</translation>
        </message>
        <message>
            <source>Allow it in {settings}, then restart.</source>
            <translation>Permítela en {settings} y reinicia.</translation>
        </message>
        <message>
            <source>OBS Studio is not installed.</source>
            <translation>OBS Studio no está instalado.</translation>
        </message>
        <message>
            <source>Install OBS Studio 30 or newer in Applications, press 'Start Virtual Camera' in it, then restart.</source>
            <translation>Instala OBS Studio 30 o posterior en Aplicaciones, pulsa «Iniciar cámara virtual» y reinicia.</translation>
        </message>
        <message>
            <source>The virtual camera of OBS has never been started.</source>
            <translation>La cámara virtual de OBS nunca se ha iniciado.</translation>
        </message>
        <message>
            <source>Start OBS, press 'Start Virtual Camera', allow its extension ({settings}), then restart.</source>
            <translation>Inicia OBS, pulsa «Iniciar cámara virtual», permite su extensión ({settings}) y reinicia.</translation>
        </message>
        <message>
            <source>Install OBS Studio 26 or newer from obsproject.com, then start and stop its virtual camera once.</source>
            <translation>Instala OBS Studio 26 o posterior desde obsproject.com; después inicia y detén una vez su cámara virtual.</translation>
        </message>
        <message>
            <source>Start OBS once as administrator, press 'Start Virtual Camera', then stop it.</source>
            <translation>Inicia OBS una vez como administrador, pulsa «Iniciar cámara virtual» y detenla.</translation>
        </message>
        <message>
            <source>set the options</source>
            <translation>definir las opciones</translation>
        </message>
        <message>
            <source>load it at each start</source>
            <translation>cargarlo en cada arranque</translation>
        </message>
        <message>
            <source>unload the module</source>
            <translation>descargar el módulo</translation>
        </message>
        <message>
            <source>remove the options, and do not load it at each start</source>
            <translation>quitar las opciones y no cargarlo en cada arranque</translation>
        </message>
        <message>
            <source>build it for kernel {release}</source>
            <translation>construirlo para el núcleo {release}</translation>
        </message>
        <message>
            <source>install the module</source>
            <translation>instalar el módulo</translation>
        </message>
        <message>
            <source>unload it: its options cannot change while it is loaded</source>
            <translation>descargarlo: sus opciones no se pueden cambiar mientras está cargado</translation>
        </message>
        <message>
            <source>load it now</source>
            <translation>cargarlo ahora</translation>
        </message>
        <message>
            <source>A picture of shape {shape} was sent where {size} is expected.</source>
            <translation>Se envió una imagen de forma {shape} donde se espera {size}.</translation>
        </message>
        <message>
            <source>Open the sink again.</source>
            <translation>Abre de nuevo el destino.</translation>
        </message>
        <message>
            <source>{name} has sound, but files of this kind cannot hold it.</source>
            <translation>{name} tiene sonido, pero los archivos de este tipo no pueden contenerlo.</translation>
        </message>
        <message>
            <source>its codec is unknown</source>
            <translation>se desconoce el códec</translation>
        </message>
        <message>
            <source>The sound of {name} is lost from here on: {reason}.</source>
            <translation>El sonido de {name} se pierde a partir de aquí: {reason}.</translation>
        </message>
        <message>
            <source>{file} is not the name of a video that can be written.</source>
            <translation>{file} no es el nombre de un vídeo que se pueda escribir.</translation>
        </message>
        <message>
            <source>End it in one of: {suffixes}.</source>
            <translation>Usa una de estas extensiones: {suffixes}.</translation>
        </message>
        <message>
            <source>{path} is a folder.</source>
            <translation>{path} es una carpeta.</translation>
        </message>
        <message>
            <source>Choose a file to write.</source>
            <translation>Elige un archivo de salida.</translation>
        </message>
        <message>
            <source>Create it first.</source>
            <translation>Créala primero.</translation>
        </message>
        <message>
            <source>The virtual camera {name} is closed.</source>
            <translation>La cámara virtual {name} está cerrada.</translation>
        </message>
        <message>
            <source>The virtual camera {name} was lost: {reason}.</source>
            <translation>Se perdió la cámara virtual {name}: {reason}.</translation>
        </message>
        <message>
            <source>Cannot open the virtual camera {device}: {reason}.</source>
            <translation>No se puede abrir la cámara virtual {device}: {reason}.</translation>
        </message>
        <message>
            <source>Cannot open a virtual camera: {reason}.</source>
            <translation>No se puede abrir ninguna cámara virtual: {reason}.</translation>
        </message>
        <message>
            <source>No home folder is known for this user.</source>
            <translation>No se conoce ninguna carpeta personal para este usuario.</translation>
        </message>
        <message>
            <source>Set HOME to a folder that you can write to.</source>
            <translation>Asigna a HOME una carpeta en la que puedas escribir.</translation>
        </message>
        <message>
            <source>'{text}' is not the address of a host.</source>
            <translation>«{text}» no es la dirección de un servidor.</translation>
        </message>
        <message>
            <source>Write it as wss://NAME:PORT.</source>
            <translation>Escríbela como wss://NOMBRE:PUERTO.</translation>
        </message>
        <message>
            <source>The host {host} has another model.</source>
            <translation>El servidor {host} tiene otro modelo.</translation>
        </message>
        <message>
            <source>Choose its model with --model.</source>
            <translation>Elige su modelo con --model.</translation>
        </message>
        <message>
            <source>The certificate of {host} is trusted from now on. Its fingerprint is {fingerprint}.</source>
            <translation>A partir de ahora se confía en el certificado de {host}. Su huella digital es {fingerprint}.</translation>
        </message>
        <message>
            <source>The certificate of {host} is not the one that was seen first.</source>
            <translation>El certificado de {host} no es el de la primera conexión.</translation>
        </message>
        <message>
            <source>If the host was set up again, delete its entry in {file}.</source>
            <translation>Si el servidor se ha vuelto a configurar, borra su entrada en {file}.</translation>
        </message>
        <message>
            <source>The host {host} cannot be reached: {reason}.</source>
            <translation>No se puede conectar con el servidor {host}: {reason}.</translation>
        </message>
        <message>
            <source>Check the address and the network.</source>
            <translation>Comprueba la dirección y la red.</translation>
        </message>
        <message>
            <source>The host {host} does not accept the token.</source>
            <translation>El servidor {host} no acepta el token.</translation>
        </message>
        <message>
            <source>Ask its operator for a token.</source>
            <translation>Pide un token a quien lo administra.</translation>
        </message>
        <message>
            <source>The host {host} is full.</source>
            <translation>El servidor {host} está lleno.</translation>
        </message>
        <message>
            <source>Try again later, or give another host.</source>
            <translation>Inténtalo más tarde o indica otro servidor.</translation>
        </message>
        <message>
            <source>The host {host} refused the session with the status {status}.</source>
            <translation>El servidor {host} ha rechazado la sesión con el estado {status}.</translation>
        </message>
        <message>
            <source>The host does not answer in time. This computer draws the portrait.</source>
            <translation>El servidor no responde a tiempo. Este equipo dibuja el retrato.</translation>
        </message>
        <message>
            <source>The host draws the portrait again.</source>
            <translation>El servidor vuelve a dibujar el retrato.</translation>
        </message>
        <message>
            <source>The token file {file} cannot be read: {reason}.</source>
            <translation>No se puede leer el archivo de tokens {file}: {reason}.</translation>
        </message>
        <message>
            <source>It has one token per line.</source>
            <translation>Contiene un token por línea.</translation>
        </message>
        <message>
            <source>The token file {file} has no usable token.</source>
            <translation>El archivo de tokens {file} no contiene ningún token válido.</translation>
        </message>
        <message>
            <source>Write one token per line.</source>
            <translation>Escribe un token por línea.</translation>
        </message>
        <message>
            <source>There is no graph '{graph}'.</source>
            <translation>No existe el grafo «{graph}».</translation>
        </message>
        <message>
            <source>{runtime} could not run '{graph}': {reason}</source>
            <translation>{runtime} no pudo ejecutar «{graph}»: {reason}</translation>
        </message>
        <message>
            <source>Use another runtime (--runtime), or run 'avatarify doctor'.</source>
            <translation>Usa otro entorno (--runtime) o ejecuta «avatarify doctor».</translation>
        </message>
        <message>
            <source>The package cuda-python is not installed.</source>
            <translation>El paquete cuda-python no está instalado.</translation>
        </message>
        <message>
            <source>Run: pip install cuda-python</source>
            <translation>Ejecuta: pip install cuda-python</translation>
        </message>
        <message>
            <source>No NVIDIA driver found: {reason}</source>
            <translation>No se encontró ningún controlador de NVIDIA: {reason}</translation>
        </message>
        <message>
            <source>Could not allocate {size} MB of GPU memory: {reason}</source>
            <translation>No se pudieron reservar {size} MB de memoria de GPU: {reason}</translation>
        </message>
        <message>
            <source>Close other programs.</source>
            <translation>Cierra otros programas.</translation>
        </message>
        <message>
            <source>CUDA error {code}, {reason}.</source>
            <translation>Error de CUDA {code}, {reason}.</translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed.</source>
            <translation>ONNX Runtime no está instalado.</translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime</source>
            <translation>Ejecuta: pip install onnxruntime</translation>
        </message>
        <message>
            <source>ONNX Runtime cannot open {file}: {reason}.</source>
            <translation>ONNX Runtime no puede abrir {file}: {reason}.</translation>
        </message>
        <message>
            <source>Use --runtime torch.</source>
            <translation>Usa --runtime torch.</translation>
        </message>
        <message>
            <source>This ONNX Runtime has no {provider}.</source>
            <translation>Este ONNX Runtime no tiene {provider}.</translation>
        </message>
        <message>
            <source>OpenVINO cannot compile the model: {reason}.</source>
            <translation>OpenVINO no puede compilar el modelo: {reason}.</translation>
        </message>
        <message>
            <source>no NVIDIA driver found</source>
            <translation>no se encontró ningún controlador de NVIDIA</translation>
        </message>
        <message>
            <source>the package torch is not installed (pip install 'avatarify[cuda]')</source>
            <translation>el paquete torch no está instalado (pip install 'avatarify[cuda]')</translation>
        </message>
        <message>
            <source>the package is not installed (pip install 'avatarify[{name}]')</source>
            <translation>el paquete no está instalado (pip install 'avatarify[{name}]')</translation>
        </message>
        <message>
            <source>the package cuda-python is not installed (pip install cuda-python)</source>
            <translation>el paquete cuda-python no está instalado (pip install cuda-python)</translation>
        </message>
        <message>
            <source>{gpu} has {size} MB of memory, and {least} MB are needed</source>
            <translation>{gpu} tiene {size} MB de memoria y se necesitan {least} MB</translation>
        </message>
        <message>
            <source>the NVIDIA driver supports CUDA {cuda}, and {least} is needed (driver {driver} or newer)</source>
            <translation>el controlador de NVIDIA admite CUDA {cuda} y se necesita {least} (controlador {driver} o posterior)</translation>
        </message>
        <message>
            <source>{gpu} has compute capability {capability}, and TensorRT-RTX supports {supported}</source>
            <translation>{gpu} tiene capacidad de cómputo {capability} y TensorRT-RTX admite {supported}</translation>
        </message>
        <message>
            <source>{gpu} has compute capability {capability}, and {least} (Turing) or newer is needed</source>
            <translation>{gpu} tiene capacidad de cómputo {capability} y se necesita {least} (Turing) o superior</translation>
        </message>
        <message>
            <source>{name} is not installed.</source>
            <translation>{name} no está instalado.</translation>
        </message>
        <message>
            <source>Run: pip install 'avatarify[{name}]'</source>
            <translation>Ejecuta: pip install 'avatarify[{name}]'</translation>
        </message>
        <message>
            <source>{runtime} rejected the engine {graph}: {reason}</source>
            <translation>{runtime} rechazó el motor {graph}: {reason}</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor', or 'avatarify build-engines --target {runtime} --force'.</source>
            <translation>Ejecuta «avatarify doctor» o «avatarify build-engines --target {runtime} --force».</translation>
        </message>
        <message>
            <source>{runtime} cannot execute {graph}: {reason}</source>
            <translation>{runtime} no puede ejecutar {graph}: {reason}</translation>
        </message>
        <message>
            <source>TensorRT refused: {reason}</source>
            <translation>TensorRT lo rechazó: {reason}</translation>
        </message>
        <message>
            <source>torch finds no CUDA device.</source>
            <translation>torch no encuentra ningún dispositivo CUDA.</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor' to see why.</source>
            <translation>Ejecuta «avatarify doctor» para ver el motivo.</translation>
        </message>
        <message>
            <source>The settings cannot be saved in {folder}: {reason}.</source>
            <translation>No se pueden guardar los ajustes en {folder}: {reason}.</translation>
        </message>
        <message>
            <source>Make the folder writable, or set AVATARIFY_CONFIG to another folder.</source>
            <translation>Da permiso de escritura a la carpeta o define AVATARIFY_CONFIG con otra carpeta.</translation>
        </message>
        <message>
            <source>The system library {library} is missing.</source>
            <translation>Falta la biblioteca del sistema {library}.</translation>
        </message>
        <message>
            <source>Install the package that contains it.</source>
            <translation>Instala el paquete que la contiene.</translation>
        </message>
        <message>
            <source>Cannot run pkexec: {reason}.</source>
            <translation>No se puede ejecutar pkexec: {reason}.</translation>
        </message>
        <message>
            <source>Run the commands yourself in a terminal, each with sudo in front.</source>
            <translation>Ejecuta tú las órdenes en una terminal, cada una con sudo delante.</translation>
        </message>
        <message>
            <source>Nothing was changed: the password was not given.</source>
            <translation>No se ha cambiado nada: no se ha introducido la contraseña.</translation>
        </message>
        <message>
            <source>The set-up failed: {output}</source>
            <translation>La configuración ha fallado: {output}</translation>
        </message>
        <message>
            <source>Cannot connect to the display '{display}'.</source>
            <translation>No se puede conectar con la pantalla «{display}».</translation>
        </message>
        <message>
            <source>Log in to a desktop, or use 'avatarify run', which needs no display.</source>
            <translation>Inicia sesión en un escritorio o usa «avatarify run», que no necesita pantalla.</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Iniciando…</translation>
        </message>
        <message>
            <source>Cannot rename {portrait}: {reason}.</source>
            <translation>No se puede cambiar el nombre de {portrait}: {reason}.</translation>
        </message>
        <message>
            <source>Cannot delete {portrait}: {reason}.</source>
            <translation>No se puede eliminar {portrait}: {reason}.</translation>
        </message>
        <message>
            <source>Cannot restore {portrait}: {reason}.</source>
            <translation>No se puede recuperar {portrait}: {reason}.</translation>
        </message>
        <message>
            <source>Cannot save {portrait} to the portraits folder: {reason}.</source>
            <translation>No se puede guardar {portrait} en la carpeta de retratos: {reason}.</translation>
        </message>
        <message>
            <source>Free some disk space, or close the program that uses the file.</source>
            <translation>Libera espacio en disco o cierra el programa que usa el archivo.</translation>
        </message>
        <message>
            <source>Cannot create the folder {folder}: {reason}.</source>
            <translation>No se puede crear la carpeta {folder}: {reason}.</translation>
        </message>
        <message>
            <source>Cannot write the snapshot {file}.</source>
            <translation>No se puede guardar la instantánea {file}.</translation>
        </message>
        <message>
            <source>Free some disk space or choose another folder.</source>
            <translation>Libera espacio en disco o elige otra carpeta.</translation>
        </message>
        <message>
            <source>The manifest {file} cannot be read: {reason}.</source>
            <translation>No se puede leer el manifiesto {file}: {reason}.</translation>
        </message>
        <message>
            <source>The manifest {file} is not valid: {reason}.</source>
            <translation>El manifiesto {file} no es válido: {reason}.</translation>
        </message>
        <message>
            <source>Import or download the model again.</source>
            <translation>Importa o descarga de nuevo el modelo.</translation>
        </message>
        <message>
            <source>The weights {file} cannot be read: {reason}.</source>
            <translation>No se pueden leer los pesos {file}: {reason}.</translation>
        </message>
        <message>
            <source>The weights {file} are damaged: their SHA-256 differs from the manifest's.</source>
            <translation>Los pesos {file} están dañados: su SHA-256 no coincide con el del manifiesto.</translation>
        </message>
        <message>
            <source>it must be an object with the keys {keys}</source>
            <translation>debe ser un objeto con las claves {keys}</translation>
        </message>
        <message>
            <source>the model's name is not its folder's, '{folder}'</source>
            <translation>el nombre del modelo no es el de su carpeta, «{folder}»</translation>
        </message>
        <message>
            <source>its kind is none of {kinds}</source>
            <translation>su tipo no es ninguno de {kinds}</translation>
        </message>
        <message>
            <source>its config is not an object</source>
            <translation>su configuración no es un objeto</translation>
        </message>
        <message>
            <source>its file is not the plain name of a safetensors file</source>
            <translation>su archivo no es el nombre simple de un archivo safetensors</translation>
        </message>
        <message>
            <source>its sha256 is not 64 hexadecimal digits</source>
            <translation>su sha256 no tiene 64 dígitos hexadecimales</translation>
        </message>
        <message>
            <source>There is no model '{name}'.</source>
            <translation>No existe el modelo «{name}».</translation>
        </message>
        <message>
            <source>No models are installed: reinstall Avatarify.</source>
            <translation>No hay modelos instalados: reinstala Avatarify.</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Unexpected error: {}.</source>
            <translation>Error inesperado: {}.</translation>
        </message>
        <message>
            <source>Restart Avatarify. If it happens again, report it.</source>
            <translation>Reinicia Avatarify. Si vuelve a ocurrir, infórmanos.</translation>
        </message>
    </context>
    <context>
        <name>NoticeStrip</name>
        <message>
            <source>Dismiss</source>
            <translation>Cerrar</translation>
        </message>
    </context>
    <context>
        <name>Numbers</name>
        <message>
            <source>{}%</source>
            <translation>{} %</translation>
        </message>
    </context>
    <context>
        <name>OutputWindow</name>
        <message>
            <source>Avatarify output</source>
            <translation>Salida de Avatarify</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Copy to clipboard</source>
            <translation>Copiar al portapapeles</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copiar</translation>
        </message>
    </context>
    <context>
        <name>PortraitGrid</name>
        <message>
            <source>Portraits</source>
            <translation>Retratos</translation>
        </message>
    </context>
    <context>
        <name>Portraits</name>
        <message>
            <source>New portrait</source>
            <translation>Retrato nuevo</translation>
        </message>
        <message>
            <source>This image is not on this computer: {}</source>
            <translation>Esta imagen no está en este equipo: {}</translation>
        </message>
        <message>
            <source>Avatarify does not download it. Copy the image in your browser, then paste it here.</source>
            <translation>Avatarify no la descarga. Copia la imagen en el navegador y pégala aquí.</translation>
        </message>
        <message>
            <source>That does not contain an image.</source>
            <translation>No contiene ninguna imagen.</translation>
        </message>
        <message>
            <source>Copy an image, then paste it here.</source>
            <translation>Copia una imagen y pégala aquí.</translation>
        </message>
        <message>
            <source>{} deleted.</source>
            <translation>Se ha eliminado {}.</translation>
        </message>
        <message>
            <source>Cannot read {} as an image.</source>
            <translation>No se puede leer {} como imagen.</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP, or TIFF image.</source>
            <translation>Usa una imagen PNG, JPEG, WebP, BMP o TIFF.</translation>
        </message>
    </context>
    <context>
        <name>PreferencesPage</name>
        <message>
            <source>Preferences</source>
            <translation>Preferencias</translation>
        </message>
        <message>
            <source>System default</source>
            <translation>Igual que el sistema</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Claro</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Oscuro</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>&amp;Tema</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Idioma</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>&amp;Modelo</translation>
        </message>
        <message>
            <source>&amp;Runtime</source>
            <translation>&amp;Entorno de ejecución</translation>
        </message>
        <message>
            <source>Fastest available</source>
            <translation>El más rápido disponible</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automático</translation>
        </message>
        <message>
            <source>First face in view</source>
            <translation>Primera cara a la vista</translation>
        </message>
        <message>
            <source>&amp;Neutral frame</source>
            <translation>Fotograma &amp;neutro</translation>
        </message>
        <message>
            <source>Always best quality</source>
            <translation>Siempre la mejor calidad</translation>
        </message>
        <message>
            <source>Off: detail is reduced while this computer is too slow or too busy for the camera's frame rate.</source>
            <translation>Desactivado: el detalle se reduce mientras este equipo sea demasiado lento o esté demasiado ocupado para la frecuencia de la cámara.</translation>
        </message>
        <message>
            <source>A new language takes effect when you reopen Avatarify; a new model, runtime, or quality at the next start.</source>
            <translation>El nuevo idioma se aplica al volver a abrir Avatarify; un nuevo modelo, entorno o calidad, en el próximo inicio.</translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message>
            <source>Preview: what others see</source>
            <translation>Vista previa: lo que ven los demás</translation>
        </message>
        <message>
            <source>Your real face is being sent</source>
            <translation>Se está enviando tu cara real</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>Congelado</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Iniciando…</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Ninguna cara a la vista</translation>
        </message>
        <message>
            <source>Camera lost, reconnecting</source>
            <translation>Cámara perdida, reconectando</translation>
        </message>
        <message>
            <source>Camera in use by another program</source>
            <translation>Otro programa está usando la cámara</translation>
        </message>
        <message>
            <source>Camera frozen, reconnecting</source>
            <translation>Cámara congelada, reconectando</translation>
        </message>
        <message>
            <source>Camera covered or dark</source>
            <translation>Cámara tapada u oscura</translation>
        </message>
        <message>
            <source>Output lost, reconnecting</source>
            <translation>Salida perdida, reconectando</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Deteniendo …</translation>
        </message>
        <message>
            <source>Not running</source>
            <translation>Detenido</translation>
        </message>
    </context>
    <context>
        <name>ReadyStep</name>
        <message>
            <source>Press Start here first. Then choose the camera in the meeting app:</source>
            <translation>Primero pulsa Iniciar aquí. Después elige la cámara en la aplicación de reuniones:</translation>
        </message>
        <message>
            <source>Preparation</source>
            <translation>Preparación</translation>
        </message>
        <message>
            <source>Everything is prepared.</source>
            <translation>Todo está preparado.</translation>
        </message>
    </context>
    <context>
        <name>Recordings</name>
        <message>
            <source>Recording saved: {}</source>
            <translation>Grabación guardada: {}</translation>
        </message>
        <message>
            <source>Snapshot saved: {}</source>
            <translation>Instantánea guardada: {}</translation>
        </message>
        <message>
            <source>Nothing had been recorded yet.</source>
            <translation>Todavía no se había grabado nada.</translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message>
            <source>Report</source>
            <translation>Informe</translation>
        </message>
        <message>
            <source>This is the whole report. Copy it into a message if you want someone to look at it.</source>
            <translation>Este es el informe completo. Cópialo en un mensaje si quieres que alguien lo revise.</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Delete this report</source>
            <translation>Eliminar este informe</translation>
        </message>
    </context>
    <context>
        <name>SessionWatch</name>
        <message>
            <source>This computer is too slow or too busy: {} of {} frames a second are shown.</source>
            <translation>Este ordenador es demasiado lento o está ocupado: se muestran {} de {} fotogramas por segundo.</translation>
        </message>
        <message>
            <source>Close other programs, or choose a smaller output.</source>
            <translation>Cierra otros programas o elige una salida más pequeña.</translation>
        </message>
        <message>
            <source>Poor neutral match ({}%).</source>
            <translation>Mala coincidencia neutra ({} %).</translation>
        </message>
        <message>
            <source>Look straight ahead with your mouth closed and eyes open.</source>
            <translation>Mira al frente con la boca cerrada y los ojos abiertos.</translation>
        </message>
    </context>
    <context>
        <name>SetUp</name>
        <message>
            <source>Run the commands above; the system asks for your password</source>
            <translation>Ejecutar las órdenes de arriba; el sistema pide tu contraseña</translation>
        </message>
        <message>
            <source>Set it up</source>
            <translation>Configurar</translation>
        </message>
        <message>
            <source>How to get a virtual camera on this system</source>
            <translation>Cómo obtener una cámara virtual en este sistema</translation>
        </message>
        <message>
            <source>Show how…</source>
            <translation>Ver cómo …</translation>
        </message>
        <message>
            <source>These commands run as administrator:</source>
            <translation>Estas órdenes se ejecutan como administrador:</translation>
        </message>
        <message>
            <source>The virtual camera is ready.</source>
            <translation>La cámara virtual está lista.</translation>
        </message>
        <message>
            <source>Meeting apps see Avatarify through a virtual camera. There is none yet.</source>
            <translation>Las aplicaciones de reuniones ven Avatarify a través de una cámara virtual. Todavía no hay ninguna.</translation>
        </message>
        <message>
            <source>The system cannot ask for the password: copy the commands.</source>
            <translation>El sistema no puede pedir la contraseña: copia las órdenes.</translation>
        </message>
        <message>
            <source>The commands are running.</source>
            <translation>Las órdenes se están ejecutando.</translation>
        </message>
        <message>
            <source>Setting up; this can take some minutes…</source>
            <translation>Configurando; puede tardar unos minutos …</translation>
        </message>
    </context>
    <context>
        <name>Side</name>
        <message>
            <source>Portraits and controls</source>
            <translation>Retratos y controles</translation>
        </message>
        <message>
            <source>Portraits</source>
            <translation>Retratos</translation>
        </message>
        <message>
            <source>Adjust</source>
            <translation>Ajustar</translation>
        </message>
    </context>
    <context>
        <name>SpeedCheck</name>
        <message>
            <source>Check the speed</source>
            <translation>Comprobar la velocidad</translation>
        </message>
        <message>
            <source>Animate the demo clip for about ten seconds</source>
            <translation>Animar el clip de demostración durante unos diez segundos</translation>
        </message>
        <message>
            <source>The speed is being measured.</source>
            <translation>Se está midiendo la velocidad.</translation>
        </message>
        <message>
            <source>Stop the session first: it would slow the measurement down.</source>
            <translation>Detén primero la sesión: ralentizaría la medición.</translation>
        </message>
        <message>
            <source>There is no portrait to animate.</source>
            <translation>No hay ningún retrato que animar.</translation>
        </message>
        <message>
            <source>Measuring…</source>
            <translation>Midiendo …</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>Idle</source>
            <translation>En espera</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>Iniciando</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>En marcha</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Ninguna cara a la vista</translation>
        </message>
        <message>
            <source>Camera lost</source>
            <translation>Cámara perdida</translation>
        </message>
        <message>
            <source>Camera in use</source>
            <translation>Cámara en uso</translation>
        </message>
        <message>
            <source>Camera frozen</source>
            <translation>Cámara congelada</translation>
        </message>
        <message>
            <source>Camera covered</source>
            <translation>Cámara tapada</translation>
        </message>
        <message>
            <source>Output lost</source>
            <translation>Salida perdida</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Deteniendo</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Detenido</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Ha fallado</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Status</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Ninguna cara a la vista</translation>
        </message>
        <message>
            <source>Frame rate</source>
            <translation>Velocidad</translation>
        </message>
        <message>
            <source>Added latency</source>
            <translation>Retardo añadido</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>Descartados</translation>
        </message>
        <message>
            <source>Neutral match</source>
            <translation>Coincidencia</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Salida</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Runtime and device are selected at start</source>
            <translation>El entorno y el dispositivo se eligen al iniciar</translation>
        </message>
        <message>
            <source>Running slowly</source>
            <translation>Funciona despacio</translation>
        </message>
        <message>
            <source>{} on {}: {}</source>
            <translation>{} en {}: {}</translation>
        </message>
        <message>
            <source>The picture is {} ms behind your voice: close other programs, or choose a smaller output.</source>
            <translation>La imagen va {} ms por detrás de tu voz: cierra otros programas o elige una salida más pequeña.</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>Start or stop sending the animated portrait</source>
            <translation>Empezar o dejar de enviar el retrato animado</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>Recalibrar</translation>
        </message>
        <message>
            <source>Best frame</source>
            <translation>Mejor fotograma</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>Congelar</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>Instantánea</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Grabar</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Detener</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Iniciar</translation>
        </message>
        <message>
            <source>Available while a session runs.</source>
            <translation>Disponible mientras hay una sesión en marcha.</translation>
        </message>
        <message>
            <source>The session is starting or stopping.</source>
            <translation>La sesión se está iniciando o deteniendo.</translation>
        </message>
        <message>
            <source>First read and accept how pictures of people are used.</source>
            <translation>Primero lee y acepta cómo se usan las imágenes de personas.</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>Elige primero un retrato.</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>Show window</source>
            <translation>Mostrar la ventana</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>Retrato</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Detener</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Iniciar</translation>
        </message>
    </context>
    <context>
        <name>VirtualCameraPage</name>
        <message>
            <source>Virtual camera</source>
            <translation>Cámara virtual</translation>
        </message>
        <message>
            <source>On Linux, the kernel module v4l2loopback provides the virtual camera. To install it yourself:</source>
            <translation>En Linux, el módulo del núcleo v4l2loopback proporciona la cámara virtual. Para instalarlo a mano:</translation>
        </message>
        <message>
            <source>Load it after each reboot (Chrome and Meet need exclusive_caps=1):</source>
            <translation>Cárgalo tras cada reinicio (Chrome y Meet necesitan exclusive_caps=1):</translation>
        </message>
        <message>
            <source>With Secure Boot, the module must be signed; otherwise modprobe reports “Key was rejected by service”.</source>
            <translation>Con Secure Boot el módulo debe estar firmado: si no, modprobe dice «Key was rejected by service».</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 26 or newer from obsproject.com.</source>
            <translation>1. Instala OBS Studio 26 o posterior desde obsproject.com.</translation>
        </message>
        <message>
            <source>2. Start OBS once, click “Start Virtual Camera”, then stop it and close OBS.</source>
            <translation>2. Inicia OBS una vez, pulsa «Iniciar cámara virtual», detenla y cierra OBS.</translation>
        </message>
        <message>
            <source>3. Return to this page and check again. Only one program can use the OBS camera at a time.</source>
            <translation>3. Vuelve aquí y busca de nuevo. Solo un programa a la vez puede usar la cámara de OBS.</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 30 or newer in the Applications folder.</source>
            <translation>1. Instala OBS Studio 30 o posterior en la carpeta Aplicaciones.</translation>
        </message>
        <message>
            <source>2. Start OBS, click “Start Virtual Camera”, and allow its extension in System Settings.</source>
            <translation>2. Inicia OBS, pulsa «Iniciar cámara virtual» y permite su extensión en Ajustes del Sistema.</translation>
        </message>
        <message>
            <source>3. Restart the computer, then return to this page and check again.</source>
            <translation>3. Reinicia el equipo, vuelve aquí y busca de nuevo.</translation>
        </message>
        <message>
            <source>In the meeting app, select the camera “{}”</source>
            <translation>En el programa de reuniones elige la cámara «{}»</translation>
        </message>
        <message>
            <source>Start Avatarify first. Restart any meeting app that was already open. If the picture is mirrored there, only the app's own preview is mirrored; others see it correctly.</source>
            <translation>Inicia primero Avatarify. Reinicia cualquier aplicación de reuniones que ya estuviera abierta. Si allí la imagen aparece reflejada, solo lo está la vista previa de la aplicación; los demás la ven bien.</translation>
        </message>
        <message>
            <source>Without a virtual camera: a browser source in OBS</source>
            <translation>Sin cámara virtual: una fuente de navegador en OBS</translation>
        </message>
        <message>
            <source>Only programs on this computer can open it. In OBS, add a browser source with this address.</source>
            <translation>Solo pueden abrirla los programas de este equipo. En OBS, añade una fuente de navegador con esta dirección.</translation>
        </message>
        <message>
            <source>Send to {}</source>
            <translation>Enviar a {}</translation>
        </message>
        <message>
            <source>Send color bars to the virtual camera for 30 seconds</source>
            <translation>Envía barras de color a la cámara virtual durante 30 segundos</translation>
        </message>
        <message>
            <source>Test pattern</source>
            <translation>Carta de ajuste</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Volver a comprobar</translation>
        </message>
        <message>
            <source>Check for virtual cameras again</source>
            <translation>Buscar cámaras virtuales otra vez</translation>
        </message>
        <message>
            <source>The virtual camera is ready.</source>
            <translation>La cámara virtual está lista.</translation>
        </message>
        <message>
            <source>No virtual camera found.</source>
            <translation>No se encontró ninguna cámara virtual.</translation>
        </message>
        <message>
            <source>Stop pattern</source>
            <translation>Detener la carta</translation>
        </message>
        <message>
            <source>The meeting app should now show color bars with a moving white bar.</source>
            <translation>Ahora deberían verse en el programa de reuniones barras de color con una barra blanca en movimiento.</translation>
        </message>
        <message>
            <source>The test pattern was sent to {}.</source>
            <translation>La carta se envió a {}.</translation>
        </message>
        <message>
            <source>Zoom: Settings → Video → Camera</source>
            <translation>Zoom: Configuración → Vídeo → Cámara</translation>
        </message>
        <message>
            <source>Meet: ⋮ → Settings → Video → Camera</source>
            <translation>Meet: ⋮ → Configuración → Vídeo → Cámara</translation>
        </message>
        <message>
            <source>Teams: Settings → Devices → Camera</source>
            <translation>Teams: Configuración → Dispositivos → Cámara</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>I agree</source>
            <translation>De acuerdo</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Siguiente</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Iniciar</translation>
        </message>
        <message>
            <source>Use this camera</source>
            <translation>Usar esta cámara</translation>
        </message>
        <message>
            <source>Use this portrait</source>
            <translation>Usar este retrato</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Atrás</translation>
        </message>
        <message>
            <source>Your camera image stays on this computer. Nothing is sent over the network.</source>
            <translation>La imagen de tu cámara se queda en este equipo. No se envía nada por la red.</translation>
        </message>
        <message>
            <source>Use only faces you have the right to use: your own, works of art, or people who have agreed.</source>
            <translation>Usa solo caras que puedas usar: la tuya, obras de arte o personas que estén de acuerdo.</translation>
        </message>
        <message>
            <source>The output is marked as an AI avatar. Keep the mark on wherever the output could be taken for real.</source>
            <translation>La salida está marcada como avatar de IA. Deja la marca donde pueda tomarse por real.</translation>
        </message>
        <message>
            <source>Your own face is never sent unless you ask for it.</source>
            <translation>Tu propia cara nunca se envía, salvo que lo pidas.</translation>
        </message>
        <message>
            <source>Become a painting in your next call</source>
            <translation>Sé un cuadro en tu próxima videollamada</translation>
        </message>
        <message>
            <source>Which camera shows you?</source>
            <translation>¿Qué cámara te muestra?</translation>
        </message>
        <message>
            <source>Choose a portrait on the right, or drop an image on the window. Then look straight ahead for a moment while Avatarify finds your neutral frame.</source>
            <translation>Elige un retrato a la derecha o suelta una imagen en la ventana. Luego mira al frente un momento mientras Avatarify busca tu fotograma neutro.</translation>
        </message>
        <message>
            <source>Your portrait</source>
            <translation>Tu retrato</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>Cámara virtual</translation>
        </message>
        <message>
            <source>In your next call</source>
            <translation>En tu próxima llamada</translation>
        </message>
        <message>
            <source>Step {} of {}</source>
            <translation>Paso {} de {}</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>Elige primero un retrato.</translation>
        </message>
    </context>
    <context>
        <name>Wiring</name>
        <message>
            <source>Avatarify quit unexpectedly last time.</source>
            <translation>Avatarify se cerró inesperadamente la última vez.</translation>
        </message>
        <message>
            <source>The report stays on this computer; you decide whether to share it.</source>
            <translation>El informe se queda en este equipo; tú decides si lo compartes.</translation>
        </message>
        <message>
            <source>Nothing was deleted.</source>
            <translation>No se ha eliminado nada.</translation>
        </message>
    </context>
</TS>
